import * as v from 'valibot';
import { lookupIds } from '#shared/upstreams/registry.ts';
import { defineRoute } from '../route.ts';

/** EurIA has a switch of its own for what it writes by itself. */
const LookupService = v.picklist(lookupIds);
type Pause = (service: v.InferOutput<typeof LookupService>, wish: boolean) => void;

/** A person wants nothing looked up at a service for now, and later that it goes on. Kept over restarts. */
export const lookupPauseRoutes = (pause: Pause) => [
  lookupRoute('pause', 'Look nothing up at a service until that is resumed', (service) => pause(service, true)),
  lookupRoute('resume', 'Go on looking things up at a service', (service) => pause(service, false)),
];

const lookupRoute = <Name extends string>(
  name: Name,
  summary: string,
  act: (service: v.InferOutput<typeof LookupService>) => void,
) =>
  defineRoute({
    method: 'post',
    path: `/services/:service/${name}`,
    tag: 'Enrichment',
    summary,
    params: { service: LookupService },
    status: 202,
    answer: v.object({ service: LookupService }),
    handle({ params }) {
      act(params.service);
      return { service: params.service };
    },
  });
