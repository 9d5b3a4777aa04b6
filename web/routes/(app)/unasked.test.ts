import { expect, it } from 'vitest';
import type { ServiceState } from '#shared/library/household.ts';
import { isUnasked } from './unasked.ts';

const euria = (status: ServiceState['status']) => [{ id: 'euria', status } as ServiceState];

it('the language and the time zone are asked for where EurIA can write and nobody has chosen', () => {
  const household = { firstRunDone: false, language: null, services: euria('connected') };
  expect(isUnasked(household)).toBe(true);
  expect(isUnasked({ ...household, services: euria('attention') })).toBe(true);
  expect(isUnasked({ ...household, services: euria('off') })).toBe(false);
  expect(isUnasked({ ...household, services: [] })).toBe(false);
  expect(isUnasked({ ...household, language: 'en' })).toBe(false);
  expect(isUnasked({ ...household, firstRunDone: true })).toBe(false);
});
