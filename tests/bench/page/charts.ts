import { Analysis } from '#shared/analytics/analysis.ts';
import { breakdown, BreakdownKinds } from '#shared/analytics/breakdowns.ts';
import { clock, weekHours } from '#shared/analytics/clocks.ts';
import { comebacks } from '#shared/analytics/comebacks.ts';
import { discoveries } from '#shared/analytics/discoveries.ts';
import { LibraryIndex } from '#shared/analytics/libraryIndex.ts';
import { overview } from '#shared/analytics/overview.ts';
import { neverPlayed, ownership } from '#shared/analytics/ownership.ts';
import { ALL_TIME, type Period, periodAround, yearPeriod } from '#shared/analytics/period.ts';
import { listensPer } from '#shared/analytics/series.ts';
import { longestSession, sessions } from '#shared/analytics/sessions.ts';
import { streaks } from '#shared/analytics/streaks.ts';
import { topAlbums, topArtists, topTracks } from '#shared/analytics/tops.ts';
import { busiestDay, reviewMonths } from '#shared/analytics/yearReview.ts';
import { pullLibrary } from './library.ts';

const LATELY = 1_792_000_000;

/** What the pages of Analytics draw. */
const charts: Record<string, (analysis: Analysis, period: Period) => unknown> = {
  overview: overview,
  'top artists': (analysis, period) => topArtists(analysis, period, 50),
  'top albums': (analysis, period) => topAlbums(analysis, period, 50),
  'top tracks': (analysis, period) => topTracks(analysis, period, 50),
  'listens by day': (analysis, period) => listensPer(analysis, 'day', period),
  'listens by month': (analysis, period) => listensPer(analysis, 'month', period),
  'heat map of the week': weekHours,
  clock: clock,
  streaks: (analysis, period) => streaks(analysis, period, LATELY),
  discoveries: discoveries,
  comebacks: comebacks,
  sessions: sessions,
  ownership: ownership,
  'never played': (analysis) => neverPlayed(analysis),
  'longest session': longestSession,
  'year in review, its months': (analysis) => reviewMonths(analysis, 2024),
  'year in review, its fullest day': (analysis) => busiestDay(analysis, yearPeriod(analysis.calendar, 2024)),
  ...Object.fromEntries(
    BreakdownKinds.map((kind) => [
      `breakdown by ${kind}`,
      (analysis: Analysis, period: Period) => breakdown(analysis, period, kind),
    ]),
  ),
};

export interface ChartTimes {
  listens: number;
  /** Milliseconds of each chart's first computing, nothing derived before, by chart and period. */
  times: { chart: string; period: string; ms: number }[];
}

declare global {
  var benchCharts: () => Promise<ChartTimes>;
}

globalThis.benchCharts = async () => {
  const { journal, albums, artists, calendar } = await pullLibrary();
  const library = LibraryIndex.from(albums, artists);
  const periods: Record<string, Period> = {
    'all time': ALL_TIME,
    'a year': yearPeriod(calendar, 2023),
    'a month': periodAround(calendar, 'month', LATELY, 0),
  };
  const times: ChartTimes['times'] = [];
  for (const [period, span] of Object.entries(periods)) {
    for (const [chart, draw] of Object.entries(charts)) {
      const analysis = new Analysis({ journal, library, calendar });
      const started = performance.now();
      draw(analysis, span);
      times.push({ chart, period, ms: performance.now() - started });
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  return { listens: journal.length, times };
};
