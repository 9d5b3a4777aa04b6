import { expect, test } from 'vitest';
import { yearAddress } from '../analytics/year/[year]/address.ts';
import { timelineAddress } from './address.ts';

const NOW = Date.parse('2026-11-29T22:00:00Z');
const read = (query: string) => timelineAddress(new URLSearchParams(query), NOW);

test('the timeline shows a day that was, or that it is somewhere, by day, week or month', () => {
  expect(read('day=2026-11-29&view=week')).toEqual({ day: '2026-11-29', view: 'week', wrong: [] });
  expect(read('view=month').view).toBe('month');
  expect(read('day=2026-11-30').wrong).toEqual([]);
  expect(read('')).toEqual({ day: undefined, view: 'day', wrong: [] });
});

test('a day to come is reported as that, and one that no calendar has is not', () => {
  expect(read('day=2026-12-01').wrong).toEqual([{ name: 'day', text: '2026-12-01', toCome: true }]);
  expect(read('day=2026-02-30').wrong).toEqual([{ name: 'day', text: '2026-02-30' }]);
});

test.each([
  ['day=2026-02-30', '2026-02-30'],
  ['day=2026-12-01', '2026-12-01'],
  ['day=yesterday', 'yesterday'],
  ['view=century', 'century'],
])('%s is reported as impossible', (query, text) => expect(read(query).wrong).toMatchObject([{ text }]));

test.each([
  ['2026', true],
  ['1900', true],
  ['2027', false],
  ['9999', false],
  ['-1', false],
  ['26', false],
  ['twenty', false],
])('a review of the year %s: %s', (text, is) => expect(yearAddress(text, NOW).wrong.length === 0).toBe(is));
