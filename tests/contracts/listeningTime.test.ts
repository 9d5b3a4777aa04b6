import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '#shared/analytics/analysis.ts';
import { overview } from '#shared/analytics/overview.ts';
import { ALL_TIME, dayRange, monthPeriod } from '#shared/analytics/period.ts';
import { addTimes, type PlayingTime } from '#shared/analytics/playingTime.ts';
import { yearReview } from '#shared/analytics/yearReview.ts';
import { encodePage } from '#shared/journal/codec.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { Library } from '#server/library/api/library.ts';
import { anyHistory } from '#tests/arbitraries/analysis.ts';
import { Catalogue } from '../../web/lib/library/catalogue.ts';
import { JournalStore } from '../../web/lib/library/journal.ts';
import { TrackStore } from '../../web/lib/library/tracks.ts';
import type { JournalListen } from '../../web/lib/library/types.ts';
import { stretchesOf, timeOf } from '../../web/routes/(app)/timeline/dayShape.ts';
import { openTestApp, own, ZONE } from './testApp.ts';

const only = ({ seconds, estimatedSeconds }: PlayingTime): PlayingTime => ({ seconds, estimatedSeconds });

/** A device that holds these documents, and how long it says that music played, by page. */
class DevicePages {
  readonly journal: JournalStore;
  readonly #tracks: TrackStore;

  constructor(albums: AlbumDocument[], artists: ArtistDocument[], pages: JournalPage[], timeZone: string) {
    const signal = { track: () => undefined, bump: () => undefined };
    const catalogue = new Catalogue(signal);
    catalogue.setArtists({ documents: artists, removed: [] });
    catalogue.setAlbums({ documents: albums, removed: [] });
    this.journal = new JournalStore(catalogue, signal);
    this.journal.setTimeZone(timeZone);
    this.journal.setPages({ documents: pages, removed: [] });
    const unused = undefined as never;
    this.#tracks = new TrackStore(catalogue, unused, unused, unused);
  }

  /** What the Journal says of each of its days; of those without a date under ''. */
  days(): Map<string, PlayingTime> {
    const days = Array.from({ length: this.journal.dayCount }, (_, index) => this.journal.day(index)!);
    return new Map(days.map(({ date, summary }) => [date ?? '', summary.time]));
  }

  /** What the Journal says of the days whose date begins so. */
  journalIn(prefix: string): PlayingTime {
    return addTimes([...this.days()].filter(([date]) => date.startsWith(prefix)).map(([, time]) => time));
  }

  timeline(date: string): PlayingTime {
    const heard = (listen: JournalListen) => ({
      playedAt: listen.playedAt,
      key: String(listen.ownerId),
      time: this.#tracks.playingTime(listen.trackId),
    });
    return timeOf(stretchesOf(this.journal.onDate(date).map(heard)));
  }

  /** A playlist of everything that was heard on a day. */
  playlist(date: string): PlayingTime {
    return this.#tracks.playingTimeOf(this.journal.onDate(date).map(({ trackId }) => ({ trackId })));
  }
}

/** That every page says the same of these listens, day by day, by the month, the year and in all. */
function expectAgreement(pages: DevicePages, analysis: Analysis): void {
  for (const [date, time] of pages.days()) {
    if (date === '') continue;
    const figures = only(overview(analysis, dayRange(analysis.calendar, date, date)));
    expect([pages.timeline(date), pages.playlist(date), figures]).toEqual([time, time, time]);
    expect(only(overview(analysis, monthPeriod(analysis.calendar, date.slice(0, 7))))).toEqual(
      pages.journalIn(date.slice(0, 7)),
    );
    const year = Number(date.slice(0, 4));
    expect(only(yearReview(analysis, year, 0).lead.now)).toEqual(pages.journalIn(date.slice(0, 4)));
  }
  expect(only(overview(analysis, ALL_TIME))).toEqual(pages.journalIn(''));
}

const monthOf = (seconds: number): string => new Date(seconds * 1_000).toISOString().slice(0, 7);

test('listening time is the same to the second in the Journal, the Timeline, the figures, the year and a playlist', () => {
  fc.assert(
    fc.property(anyHistory(), ({ albums, artists, listens, timeZone, analysis }) => {
      const months = [...new Set(listens.map(({ playedAt }) => monthOf(playedAt)))];
      const pages = months.map((month) =>
        encodePage(
          month,
          listens.filter(({ playedAt }) => monthOf(playedAt) === month),
        ),
      );
      expectAgreement(new DevicePages(albums, artists, pages, timeZone), analysis);
    }),
    { numRuns: 40 },
  );
});

describe('listening time on the server', () => {
  const DAY = Date.UTC(2026, 0, 20, 12) / 1_000;
  const length = fc.option(fc.integer({ min: 40, max: 1_200 }), { nil: null });
  const title = fc.constantFrom(
    'Ferry',
    'Ferry (Remastered 2011)',
    'Ferry (Live)',
    'Pilot Boat',
    'Lantern',
    'Ebb',
    'Flow',
  );
  const artist = fc.constantFrom('Ada Nordlund', 'ada nordlund', 'Ilsa Marr', 'Ulla Brandt');
  const report = fc.record({
    day: fc.nat({ max: 40 }),
    turn: fc.nat({ max: 30 }),
    artist,
    title,
    album: fc.constantFrom(undefined, 'Harbour Lights', 'Second Tide'),
    length,
  });
  type Report = typeof report extends fc.Arbitrary<infer R> ? R : never;

  const recordReports = (library: Library, reports: readonly Report[]) =>
    library.scrobbles.record(
      reports.map(({ day, turn, album, length: seconds, ...names }) => {
        const playedAt = DAY + day * 86_400 + turn * 1_000;
        return {
          source: 'lastfm',
          sourceKey: `${playedAt} ${names.title}`,
          playedAt,
          raw: {},
          ...names,
          ...(album !== undefined && { album }),
          ...(seconds !== null && { durationSeconds: seconds }),
        };
      }),
    );
  const documents = (library: Library, collection: Parameters<Library['feed']['pull']>[0]) =>
    library.feed.pull(collection, 0, 100_000).documents.filter(({ _deleted }) => !_deleted) as unknown[];
  const deviceOf = (library: Library) =>
    new DevicePages(
      documents(library, 'albums') as AlbumDocument[],
      documents(library, 'artists') as ArtistDocument[],
      documents(library, 'journal') as JournalPage[],
      ZONE,
    );

  test('is that of a device that replicated, also of what is archived, and when a length becomes known after that', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(report, { minLength: 1, maxLength: 30 }),
        fc.array(report, { minLength: 1, maxLength: 5 }),
        async (reports, later) => {
          const app = await openTestApp();
          own(app.library, [{ title: 'Harbour Lights', artist: 'Ada Nordlund', tracks: ['Ferry', 'Pilot Boat'] }]);
          recordReports(app.library, reports);
          const asked = async (query: string) =>
            only((await app.get<{ now: PlayingTime }>(`/analytics/overview?${query}`)).now);
          const pages = deviceOf(app.library);
          expectAgreement(pages, app.replica());
          const [date = '', day] = [...pages.days()][0] ?? [];
          expect(await asked(`period=day&date=${date}`)).toEqual(day);
          expect(await asked('period=month&date=2026-01-01')).toEqual(pages.journalIn('2026-01'));
          expect(only((await app.get<{ lead: { now: PlayingTime } }>('/analytics/year/2026')).lead.now)).toEqual(
            pages.journalIn(''),
          );

          await app.library.archive.removeBefore(Date.UTC(2026, 1, 1) / 1_000, {});
          expect(await asked('')).toEqual(pages.journalIn(''));
          recordReports(
            app.library,
            later.map((each) => ({ ...each, day: each.day + 60 })),
          );
          expect(await asked('')).toEqual(only(overview(app.replica(), ALL_TIME)));
          await app.close();
        },
      ),
      { numRuns: 3 },
    );
  });
});
