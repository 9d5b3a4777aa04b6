import { letGoOfService, tryServiceNow } from '#shared/api/services.ts';
import type { Module } from '../../modules/module.ts';
import { route } from '../route.ts';

/** What a person may want of any service: each module that has a say in it is asked. */
export const serviceControlRoutes = (modules: readonly Pick<Module, 'tryNow' | 'removeWithheld'>[]) => [
  route(tryServiceNow, ({ params }) => {
    for (const module of modules) module.tryNow?.(params.service);
    return { service: params.service };
  }),
  route(letGoOfService, ({ params }) => {
    for (const module of modules) module.removeWithheld?.(params.service);
    return { service: params.service };
  }),
];
