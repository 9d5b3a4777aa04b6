import * as v from 'valibot';
import { listOf, pageQuery, queryInteger } from '#shared/api/lists.ts';
import { DayQuery, periodQuery, type PeriodQuery } from '#shared/api/periods.ts';
import type { Analysis } from '#shared/analytics/analysis.ts';
import { breakdown, BreakdownKinds } from '#shared/analytics/breakdowns.ts';
import { clock as hoursOf, mainHours, peakOf, weekdays, weekHours } from '#shared/analytics/clocks.ts';
import { comebacks } from '#shared/analytics/comebacks.ts';
import { discoveries } from '#shared/analytics/discoveries.ts';
import { lead } from '#shared/analytics/lead.ts';
import { onThisDay } from '#shared/analytics/onThisDay.ts';
import { neverPlayed, ownership } from '#shared/analytics/ownership.ts';
import type { Period } from '#shared/analytics/period.ts';
import { listensPer, yearCalendar } from '#shared/analytics/series.ts';
import { longestSession, sessions } from '#shared/analytics/sessions.ts';
import { streaks } from '#shared/analytics/streaks.ts';
import { nameArtist, topAlbums, topArtists, topTracks } from '#shared/analytics/tops.ts';
import { yearReview } from '#shared/analytics/yearReview.ts';
import { plainFigures } from '../../analytics/plainFigures.ts';
import { nowSeconds, type Clock } from '../../kit/clock.ts';
import { listAnswer } from '../lists.ts';
import { periodOf } from '../periods.ts';
import { defineRoute, type Route } from '../route.ts';
import { answers } from './analyticsAnswers.ts';

const TAG = 'Analytics';
const TopKinds = ['artists', 'albums', 'tracks'] as const;
const YearQuery = queryInteger(1900, 2200);
const limit = (fallback: number) => v.optional(queryInteger(1, 200), String(fallback));

/** Where the figures come from. */
interface AnalysisSource {
  analysis(): Promise<Analysis>;
}

/** The figures that the app reckons by itself, reckoned by the same functions here. */
export function analyticsRoutes(view: AnalysisSource, clock: Clock): Route[] {
  const now = () => nowSeconds(clock);

  /** A route whose figures are of a period, and that takes `more` beside it. */
  function figures<const M extends v.ObjectEntries>(
    name: string,
    summary: string,
    answer: v.GenericSchema,
    more: M,
    reckon: (analysis: Analysis, period: Period, query: v.InferOutput<v.StrictObjectSchema<M, undefined>>) => object,
  ): Route {
    return defineRoute({
      method: 'get',
      path: `/analytics/${name}`,
      tag: TAG,
      summary,
      answer,
      query: { ...periodQuery, ...more },
      async handle({ query }) {
        const analysis = await view.analysis();
        const period = periodOf(analysis.calendar, query as PeriodQuery, now());
        const reckoned = reckon(analysis, period, query as v.InferOutput<v.StrictObjectSchema<M, undefined>>);
        return plainFigures({ timezone: analysis.calendar.timeZone, period, ...reckoned });
      },
    });
  }

  const breakdowns = BreakdownKinds.map((kind) =>
    figures(
      `${kind}s`,
      `Listens by ${kind}, most first; null where it is unknown`,
      answers.breakdown,
      {},
      (analysis, period) => ({ items: breakdown(analysis, period, kind) }),
    ),
  );

  return [
    figures(
      'overview',
      'A period in figures, beside the one before; one that is running, beside the same part of it',
      answers.overview,
      {},
      (analysis, period) => lead(analysis, period, now()),
    ),
    figures(
      'tops',
      'The artists, albums and tracks most listened to',
      answers.tops,
      { kind: v.optional(v.picklist(TopKinds)), limit: limit(10) },
      (analysis, period, { kind, limit: most }) => ({
        ...((kind ?? 'artists') === 'artists' && { artists: topArtists(analysis, period, most) }),
        ...((kind ?? 'albums') === 'albums' && { albums: topAlbums(analysis, period, most) }),
        ...((kind ?? 'tracks') === 'tracks' && { tracks: topTracks(analysis, period, most) }),
      }),
    ),
    figures(
      'series',
      'Listens per day, week, month or year, without gaps',
      answers.series,
      { unit: v.optional(v.picklist(['day', 'week', 'month', 'year']), 'day') },
      (analysis, period, { unit }) => ({ unit, items: listensPer(analysis, unit, period) }),
    ),
    figures('heatmap', 'Listens by weekday (Monday first) and hour', answers.heatmap, {}, (analysis, period) => {
      const counts = weekHours(analysis, period);
      return {
        weekdays: Array.from({ length: 7 }, (_, day) => counts.slice(day * 24, day * 24 + 24)),
        most: Math.max(...counts),
      };
    }),
    figures('clock', 'Listens by hour of the day and by weekday', answers.clock, {}, (analysis, period) => {
      const hours = hoursOf(analysis, period);
      return { hours, weekdays: weekdays(analysis, period), peakHour: peakOf(hours), mainHours: mainHours(hours) };
    }),
    figures('streaks', 'Days in a row with at least one listen', answers.streaks, {}, (analysis, period) =>
      streaks(analysis, period, now()),
    ),
    figures(
      'discoveries',
      'What was heard for the first time',
      answers.discoveries,
      { limit: limit(10) },
      (analysis, period, { limit: most }) => discoveries(analysis, period, most),
    ),
    figures(
      'comebacks',
      'Artists heard again after so many months of silence',
      answers.comebacks,
      { months: v.optional(queryInteger(1, 600), '12'), limit: limit(50) },
      (analysis, period, { months, limit: most }) => ({ items: comebacks(analysis, period, months).slice(0, most) }),
    ),
    figures(
      'ownership',
      'Listens to what stands on the shelf, by support, and to what does not',
      answers.ownership,
      {},
      ownership,
    ),
    figures(
      'sessions',
      'Listening without a long break, the latest first',
      answers.sessions,
      pageQuery(50),
      (analysis, period, page) => {
        const all = sessions(analysis, period);
        const items = all.toReversed().slice((page.page - 1) * page.pageSize, page.page * page.pageSize);
        return { longest: longestSession(analysis, period), ...listAnswer(page, { items, total: all.length }) };
      },
    ),
    ...breakdowns,
    defineRoute({
      method: 'get',
      path: '/analytics/calendar',
      tag: TAG,
      summary: 'Listens of each day of a year, 1 January first; this year without one',
      answer: answers.calendar,
      query: { year: v.optional(YearQuery) },
      async handle({ query }) {
        const analysis = await view.analysis();
        const year = query.year ?? analysis.calendar.localParts(now()).year;
        return plainFigures({ timezone: analysis.calendar.timeZone, ...yearCalendar(analysis, year) });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/analytics/on-this-day',
      tag: TAG,
      summary: "What was heard on this date in other years; on today's without one",
      answer: answers.onThisDay,
      query: { date: v.optional(DayQuery) },
      async handle({ query }) {
        const analysis = await view.analysis();
        const date = query.date ?? analysis.calendar.dayKey(now());
        return plainFigures({ timezone: analysis.calendar.timeZone, date, items: onThisDay(analysis, date) });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/analytics/never-played',
      tag: TAG,
      summary: 'Albums on the shelf that were never heard, in any pressing',
      answer: listOf(answers.neverPlayed),
      query: pageQuery(30),
      async handle({ query }) {
        const analysis = await view.analysis();
        const { library } = analysis;
        const ids = neverPlayed(analysis);
        const items = ids.slice((query.page - 1) * query.pageSize, query.page * query.pageSize).map((albumId) => {
          const album = library.albumIndex(albumId);
          return {
            albumId,
            title: library.albumTitles[album]!,
            artists: library.albumArtists[album]!.map((artist) => nameArtist(analysis, artist)),
          };
        });
        return plainFigures(listAnswer(query, { items, total: ids.length }));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/analytics/year/:year',
      tag: TAG,
      summary: 'A year in review',
      answer: answers.year,
      params: { year: YearQuery },
      async handle({ params }) {
        const analysis = await view.analysis();
        return plainFigures({ timezone: analysis.calendar.timeZone, ...yearReview(analysis, params.year, now()) });
      },
    }),
  ];
}
