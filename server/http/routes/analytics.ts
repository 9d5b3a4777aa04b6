import * as endpoints from '#shared/api/analytics.ts';
import type { PeriodQuery } from '#shared/api/periods.ts';
import type { Analysis } from '#shared/analytics/analysis.ts';
import { breakdown, type BreakdownKind } from '#shared/analytics/breakdowns.ts';
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
import { route, type Route } from '../route.ts';

/** Where the figures come from. */
interface AnalysisSource {
  analysis(): Promise<Analysis>;
}

/** The figures that the app reckons by itself, reckoned by the same functions here. */
export function analyticsRoutes(view: AnalysisSource, clock: Clock): Route[] {
  const now = () => nowSeconds(clock);

  /** What every answer says first: the household's zone, and which stretch of time the figures are of. */
  async function figures<T extends object>(query: PeriodQuery, reckon: (analysis: Analysis, period: Period) => T) {
    const analysis = await view.analysis();
    const period = periodOf(analysis.calendar, query, now());
    return plainFigures({ timezone: analysis.calendar.timeZone, period, ...reckon(analysis, period) });
  }

  const shares =
    (kind: BreakdownKind) =>
    ({ query }: { query: PeriodQuery }) =>
      figures(query, (analysis, period) => ({ items: breakdown(analysis, period, kind) }));

  return [
    route(endpoints.getOverview, ({ query }) => figures(query, (analysis, period) => lead(analysis, period, now()))),
    route(endpoints.getTops, ({ query: { kind, limit, ...query } }) =>
      figures(query, (analysis, period) => ({
        ...((kind ?? 'artists') === 'artists' && { artists: topArtists(analysis, period, limit) }),
        ...((kind ?? 'albums') === 'albums' && { albums: topAlbums(analysis, period, limit) }),
        ...((kind ?? 'tracks') === 'tracks' && { tracks: topTracks(analysis, period, limit) }),
      })),
    ),
    route(endpoints.getSeries, ({ query: { unit, ...query } }) =>
      figures(query, (analysis, period) => ({ unit, items: listensPer(analysis, unit, period) })),
    ),
    route(endpoints.getHeatmap, ({ query }) =>
      figures(query, (analysis, period) => {
        const counts = weekHours(analysis, period);
        return {
          weekdays: Array.from({ length: 7 }, (_, day) => counts.slice(day * 24, day * 24 + 24)),
          most: Math.max(...counts),
        };
      }),
    ),
    route(endpoints.getClock, ({ query }) =>
      figures(query, (analysis, period) => {
        const hours = hoursOf(analysis, period);
        return { hours, weekdays: weekdays(analysis, period), peakHour: peakOf(hours), mainHours: mainHours(hours) };
      }),
    ),
    route(endpoints.getStreaks, ({ query }) => figures(query, (analysis, period) => streaks(analysis, period, now()))),
    route(endpoints.getDiscoveries, ({ query: { limit, ...query } }) =>
      figures(query, (analysis, period) => discoveries(analysis, period, limit)),
    ),
    route(endpoints.getComebacks, ({ query: { months, limit, ...query } }) =>
      figures(query, (analysis, period) => ({ items: comebacks(analysis, period, months).slice(0, limit) })),
    ),
    route(endpoints.getOwnership, ({ query }) => figures(query, ownership)),
    route(endpoints.listSessions, ({ query: { page, pageSize, ...query } }) =>
      figures(query, (analysis, period) => {
        const all = sessions(analysis, period);
        const items = all.toReversed().slice((page - 1) * pageSize, page * pageSize);
        return {
          longest: longestSession(analysis, period),
          ...listAnswer({ page, pageSize }, { items, total: all.length }),
        };
      }),
    ),
    route(endpoints.getDecades, shares('decade')),
    route(endpoints.getGenres, shares('genre')),
    route(endpoints.getStyles, shares('style')),
    route(endpoints.getLabels, shares('label')),
    route(endpoints.getSupports, shares('support')),
    route(endpoints.getSources, shares('source')),
    route(endpoints.getZones, shares('zone')),
    route(endpoints.getCalendar, async ({ query }) => {
      const analysis = await view.analysis();
      const year = query.year ?? analysis.calendar.localParts(now()).year;
      return plainFigures({ timezone: analysis.calendar.timeZone, ...yearCalendar(analysis, year) });
    }),
    route(endpoints.getOnThisDay, async ({ query }) => {
      const analysis = await view.analysis();
      const date = query.date ?? analysis.calendar.dayKey(now());
      return plainFigures({ timezone: analysis.calendar.timeZone, date, items: onThisDay(analysis, date) });
    }),
    route(endpoints.listNeverPlayed, async ({ query }) => {
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
    }),
    route(endpoints.getYearReview, async ({ params }) => {
      const analysis = await view.analysis();
      return plainFigures({ timezone: analysis.calendar.timeZone, ...yearReview(analysis, params.year, now()) });
    }),
  ];
}
