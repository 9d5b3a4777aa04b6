import { expect, test } from 'vitest';
import { daysBetween } from './daysBetween.ts';

test('days that are not here between two that are', () => {
  expect(daysBetween('2026-11-30', '2026-11-13')).toBe(16);
  expect(daysBetween('2026-03-01', '2026-02-28')).toBe(0);
  expect(daysBetween('2026-11-30', '2026-11-30')).toBe(0);
  expect([daysBetween(undefined, '2026-11-13'), daysBetween('2026-11-13', null)]).toEqual([0, 0]);
});
