import { beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../../../lib/i18n/testing/spoken.ts';
import { shortfall } from './shortfall.ts';

vi.mock('$lib/i18n/index.svelte.ts', () => import('../../../lib/i18n/testing/spoken.ts'));
beforeEach(() => speak('en'));

const written = (count: number, options: Record<string, unknown>) => ({
  algorithm: 'ai' as const,
  options,
  entries: Array.from({ length: count }),
});

it('says how many there are of those asked for, and why where it is known', () => {
  expect(shortfall(written(25, { length: 25, dropped: 2 }), true)).toBeUndefined();
  expect(shortfall(written(22, { length: 25, dropped: 3 }), true)).toMatch(
    /^22 of the 25 asked for\. EurIA named 3 more that could not be used/,
  );
  expect(shortfall(written(22, { length: 25 }), true)).toBe('22 of the 25 asked for. EurIA named no more.');
  expect(shortfall(written(22, { length: 25 }), false)).toBe('22 of the 25 asked for.');
  expect(shortfall({ ...written(22, { length: 25 }), algorithm: 'random' }, true)).toBeUndefined();
});
