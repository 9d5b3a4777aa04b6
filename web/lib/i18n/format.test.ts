import { beforeEach, expect, it, vi } from 'vitest';
import { ago, dateBeside, dateRange, moment, momentOn, playing, weekdays } from './format.svelte.ts';
import { speak } from './testing/spoken.ts';

vi.mock('./index.svelte.ts', () => import('./testing/spoken.ts'));
beforeEach(() => speak('en'));

it('writes two dates with what they share once, and always with their years', () => {
  expect(dateRange('2026-11-16', '2026-11-22', 'long')).toBe('16 – 22 November 2026');
  expect(dateRange('2026-11-30', '2026-12-06', 'shortYear')).toBe('30 Nov – 6 Dec 2026');
  expect(dateRange('2026-12-28', '2027-01-03', 'long')).toBe('28 December 2026 – 3 January 2027');
  speak('fr');
  expect(dateRange('2026-06-01', '2026-06-07', 'long')).toBe('1er – 7 juin 2026');
  expect(dateRange('2026-04-27', '2026-05-01', 'long')).toBe('27 avril – 1er mai 2026');
});

it('says how long ago something was', () => {
  expect([0, 20_000, 240_000].map((age) => ago(1_000_000_000 - age, 1_000_000_000))).toEqual([
    'just now',
    'just now',
    '4 minutes ago',
  ]);
  speak('fr');
  expect([0, 240_000].map((age) => ago(1_000_000_000 - age, 1_000_000_000))).toEqual([
    'à l’instant',
    'il y a 4 minutes',
  ]);
});

it('names a year only where it is not this one', () => {
  expect(['2026-01-09', '2024-12-09'].map((day) => dateBeside(day, '2026-11-30'))).toEqual(['9 Jan', '9 Dec 2024']);
});

it('writes weekdays at the head of a column alike in every place', () => {
  speak('fr');
  expect(weekdays('short')).toEqual(['Lun', 'Mar', 'Mer', 'Jeu', 'Ven', 'Sam', 'Dim']);
});

it('says how long music plays to the minute where it is known, and no closer than it can be where it is not', () => {
  const durationText = (seconds: number, estimatedSeconds: number) =>
    playing({ seconds, estimatedSeconds }).replaceAll('\u00a0', ' ');
  expect(durationText(2_520, 50)).toBe('42 min');
  expect(durationText(2_520, 51)).toBe('about 42 min');
  expect(durationText(7_440, 0)).toBe('2 h 04');
  expect(durationText(7_440, 7_440)).toBe('about 2 h');
  expect(durationText(23_340, 500)).toBe('about 6 h 30');
  // A session of this year is never shown longer than the longest of all, which is.
  expect([durationText(11_610, 240), durationText(11_640, 0)]).toEqual(['about 3 h 14', '3 h 14']);
  expect(durationText(1_484_000, 100_000)).toBe('about 412 h');
  expect(durationText(5_001_000, 4_000_000)).toBe('about 1,389 h');
  speak('fr');
  expect(durationText(7_440, 7_440)).toBe('environ 2 h');
});

it('says of a moment when it was, with the words that its language puts before it', () => {
  const NOW = Date.parse('2026-11-28T12:00:00Z');
  const moments = [
    '2026-11-28T09:10:00Z',
    '2026-11-27T09:10:00Z',
    '2026-11-25T09:10:00Z',
    '2026-11-12T09:10:00Z',
    '2026-11-01T09:10:00Z',
  ].map((iso) => Date.parse(iso) / 1_000);
  const said = (say: typeof moment) => moments.map((seconds) => say(seconds, 'Europe/Zurich', NOW));
  expect(said(momentOn)).toEqual([
    'at 10:10',
    'yesterday at 10:10',
    'on Wednesday at 10:10',
    'on 12 November 2026',
    'on 1 November 2026',
  ]);
  expect(said(moment)).toEqual([
    '10:10',
    'yesterday at 10:10',
    'Wednesday at 10:10',
    '12 November 2026',
    '1 November 2026',
  ]);
  speak('fr');
  expect(said(momentOn)).toEqual([
    'à 10:10',
    'hier à 10:10',
    'mercredi à 10:10',
    'le 12 novembre 2026',
    'le 1er novembre 2026',
  ]);
  expect(said(moment)).toEqual([
    '10:10',
    'hier à 10:10',
    'mercredi à 10:10',
    'le 12 novembre 2026',
    'le 1er novembre 2026',
  ]);
});
