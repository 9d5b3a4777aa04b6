import { beforeEach, expect, it, vi } from 'vitest';
import type { Lead } from '#shared/analytics/lead.ts';
import { ALL_TIME, yearPeriod } from '#shared/analytics/period.ts';
import { createCalendar } from '#shared/journal/calendar.ts';
import { speak } from '../../../lib/i18n/testing/spoken.ts';
import { leadSentences } from './leadSentences.ts';

vi.mock('../../../lib/i18n/index.svelte.ts', () => import('../../../lib/i18n/testing/spoken.ts'));
vi.mock('$lib/i18n/index.svelte.ts', () => import('../../../lib/i18n/testing/spoken.ts'));
vi.mock('$lib/i18n/format.svelte.ts', () => import('../../../lib/i18n/format.svelte.ts'));
vi.mock('$lib/i18n/spellCount.ts', () => import('../../../lib/i18n/spellCount.ts'));
vi.mock('$lib/ui/support.ts', () => import('../../../lib/ui/support.ts'));
beforeEach(() => speak('en'));

const calendar = createCalendar('UTC');
const heard: Lead = {
  now: {
    listens: 900,
    seconds: 216_000,
    estimatedSeconds: 0,
    withoutDuration: 0,
    tracks: 400,
    lovedTracks: 3,
    albums: 315,
    artists: 181,
    days: 200,
  },
  before: null,
  comparedWith: null,
  hours: null,
  mostly: null,
  newAlbums: 315,
  topArtist: null,
  topAlbum: null,
};
const said = (unit: 'all' | 'year') => {
  const chosen = {
    unit,
    choice: { unit, shift: 0 },
    period: unit === 'all' ? ALL_TIME : yearPeriod(calendar, 2026),
    title: '',
    year: 2026,
    days: {},
  };
  return leadSentences(heard, { chosen, today: '2026-11-30', analysis: { calendar } })
    .map(({ text }) => text)
    .join('');
};

it('counts new records in a year, and not in all of time, in which every one was new', () => {
  expect(said('year')).toContain('you had never played before');
  expect(said('all')).toMatch(/^900 listens on 200 days, [^.]+\.$/);
});
