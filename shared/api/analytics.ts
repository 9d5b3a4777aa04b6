import * as v from 'valibot';
import { defineEndpoint } from './contract.ts';
import { Figures } from './figures.ts';
import { listOf, pageQuery, queryInteger } from './lists.ts';
import { DayQuery, periodQuery, PeriodUnits } from './periods.ts';

const TAG = 'Analytics';
const TopKinds = ['artists', 'albums', 'tracks'] as const;
const YearQuery = queryInteger(1900, 2200);
const limit = (fallback: number) => v.optional(queryInteger(1, 200), String(fallback));

/** Figures of a period, which takes `more` beside it. */
const figures = <
  const I extends string,
  const N extends string,
  A extends v.GenericSchema,
  const M extends v.ObjectEntries,
>(
  operationId: I,
  name: N,
  summary: string,
  answer: A,
  more: M,
) =>
  defineEndpoint({
    operationId,
    method: 'get',
    etag: true,
    path: `/analytics/${name}`,
    tag: TAG,
    summary,
    query: { ...periodQuery, ...more },
    answers: { 200: answer },
  });

const breakdown = <const I extends string, const N extends string>(operationId: I, name: N, kind: string) =>
  figures(operationId, name, `Listens by ${kind}, most first; null where it is unknown`, Figures.breakdown, {});

export const getOverview = figures(
  'getOverview',
  'overview',
  'A period in figures, beside the one before; one that is running, beside the same part of it',
  Figures.overview,
  {},
);
export const getTops = figures('getTops', 'tops', 'The artists, albums and tracks most listened to', Figures.tops, {
  kind: v.optional(v.picklist(TopKinds)),
  limit: limit(10),
});
export const getSeries = figures(
  'getSeries',
  'series',
  'Listens per day, week, month or year, without gaps',
  Figures.series,
  { unit: v.optional(v.picklist(PeriodUnits), 'day') },
);
export const getHeatmap = figures(
  'getHeatmap',
  'heatmap',
  'Listens by weekday (Monday first) and hour',
  Figures.heatmap,
  {},
);
export const getClock = figures('getClock', 'clock', 'Listens by hour of the day and by weekday', Figures.clock, {});
export const getStreaks = figures(
  'getStreaks',
  'streaks',
  'Days in a row with at least one listen',
  Figures.streaks,
  {},
);
export const getDiscoveries = figures(
  'getDiscoveries',
  'discoveries',
  'What was heard for the first time',
  Figures.discoveries,
  { limit: limit(10) },
);
export const getComebacks = figures(
  'getComebacks',
  'comebacks',
  'Artists heard again after so many months of silence',
  Figures.comebacks,
  { months: v.optional(queryInteger(1, 600), '12'), limit: limit(50) },
);
export const getOwnership = figures(
  'getOwnership',
  'ownership',
  'Listens to what stands on the shelf, by support, and to what does not',
  Figures.ownership,
  {},
);
export const listSessions = figures(
  'listSessions',
  'sessions',
  'Listening without a long break, the latest first',
  Figures.sessions,
  pageQuery(50),
);
export const getDecades = breakdown('getDecades', 'decades', 'decade');
export const getGenres = breakdown('getGenres', 'genres', 'genre');
export const getStyles = breakdown('getStyles', 'styles', 'style');
export const getLabels = breakdown('getLabels', 'labels', 'label');
export const getSupports = breakdown('getSupports', 'supports', 'support');
export const getSources = breakdown('getSources', 'sources', 'source');
export const getZones = breakdown('getZones', 'zones', 'zone');

export const getCalendar = defineEndpoint({
  operationId: 'getCalendar',
  method: 'get',
  etag: true,
  path: '/analytics/calendar',
  tag: TAG,
  summary: 'Listens of each day of a year, 1 January first; this year without one',
  query: { year: v.optional(YearQuery) },
  answers: { 200: Figures.calendar },
});

export const getOnThisDay = defineEndpoint({
  operationId: 'getOnThisDay',
  method: 'get',
  etag: true,
  path: '/analytics/on-this-day',
  tag: TAG,
  summary: "What was heard on this date in other years; on today's without one",
  query: { date: v.optional(DayQuery) },
  answers: { 200: Figures.onThisDay },
});

export const listNeverPlayed = defineEndpoint({
  operationId: 'listNeverPlayed',
  method: 'get',
  etag: true,
  path: '/analytics/never-played',
  tag: TAG,
  summary: 'Albums on the shelf that were never heard, in any pressing',
  query: pageQuery(30),
  answers: { 200: listOf(Figures.neverPlayed) },
});

export const getYearReview = defineEndpoint({
  operationId: 'getYearReview',
  method: 'get',
  etag: true,
  path: '/analytics/year/:year',
  tag: TAG,
  summary: 'A year in review',
  params: { year: YearQuery },
  answers: { 200: Figures.year },
});
