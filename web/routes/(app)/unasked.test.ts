import { expect, it } from 'vitest';
import type { ServiceState } from '#shared/library/household.ts';
import { isUnasked } from './unasked.ts';

const euria = (status: ServiceState['status']) => [{ id: 'euria', status } as ServiceState];

it('the language and the time zone are asked for where EurIA can write and nobody has chosen', () => {
  const house = { firstRunDone: false, language: null, services: euria('connected') };
  expect(isUnasked(house)).toBe(true);
  expect(isUnasked({ ...house, services: euria('attention') })).toBe(true);
  expect(isUnasked({ ...house, services: euria('off') })).toBe(false);
  expect(isUnasked({ ...house, services: [] })).toBe(false);
  expect(isUnasked({ ...house, language: 'en' })).toBe(false);
  expect(isUnasked({ ...house, firstRunDone: true })).toBe(false);
});
