import { beforeEach, describe, expect, it, vi } from 'vitest';
import { encodePage } from '#shared/journal/codec.ts';
import type { Listen } from '#shared/journal/listen.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import type { Catalogue } from './catalogue.ts';
import type { JournalStore } from './journal.ts';
import { album, track } from './testing/documents.ts';
import { DAY, journalForTest, listen, NOON, shape } from './testing/journal.ts';

let catalogue: Catalogue;
let journal: JournalStore;

beforeEach(() => {
  ({ catalogue, journal } = journalForTest());
});

const put = (...listens: Listen[]): void =>
  journal.setPages({ documents: [encodePage('2026-11', listens)], removed: [] });

describe('the journal by days', () => {
  it('groups by the household’s days, newest first, and consecutive tracks of an album into runs', () => {
    put(
      listen(1, NOON - DAY, 21, 2),
      listen(2, NOON, 11, 1),
      listen(3, NOON + 120, 12, 1),
      listen(4, NOON + 400, 91, -9),
      listen(5, NOON + 600, 91, -9),
      // 23:30 UTC is the next day in Zurich.
      listen(6, NOON + 12.5 * 3_600, 11, 1),
    );
    expect(shape(journal)).toEqual([
      ['2026-11-23', ['1', 6]],
      ['2026-11-22', [null, 5], [null, 4], ['1', 3, 2]],
      ['2026-11-21', ['2', 1]],
    ]);
    expect(journal.day(1)).toMatchObject({ listenCount: 4, runCount: 3, runSizes: [1, 1, 2] });
    expect(journal.day(3)).toBeUndefined();
  });

  it('has listens without a date on no date', () => {
    put(listen(1, DATE_UNKNOWN, 11, 1));
    expect(journal.day(0)!.date).toBeNull();
    expect(journal.onDate('2005-02-13')).toEqual([]);
  });

  it('begins a new run after a long pause', () => {
    put(listen(1, NOON, 11, 1), listen(2, NOON + 2 * 3_600, 12, 1));
    expect(shape(journal)).toEqual([['2026-11-22', ['1', 2], ['1', 1]]]);
  });

  it('keeps plays of unknown date separate, last of all and outside the clock', () => {
    put(listen(1, DATE_UNKNOWN, 11, 1), listen(2, DATE_UNKNOWN, 12, 1), listen(3, NOON, 11, 1));
    expect(shape(journal).at(-1)).toEqual([null, ['1', 2], ['1', 1]]);
    expect(journal.day(1)!.summary.hours.every((hour) => hour === 0)).toBe(true);
  });

  it('sums a day up: listens, minutes, hours', () => {
    put(listen(2, NOON, 11, 1), listen(3, NOON + 120, 12, 1));
    const { summary } = journal.day(0)!;
    expect(summary).toMatchObject({ listens: 2, time: { seconds: 300, estimatedSeconds: 0 } });
    expect(summary.hours[12]).toBe(2);
  });

  it('finds the day of a date, or the nearest older one', () => {
    put(listen(1, NOON - 3 * DAY, 21, 2), listen(2, NOON, 11, 1));
    expect(
      ['2026-11-23', '2026-11-22', '2026-11-21', '2026-11-19', '2026-11-18'].map((date) => journal.dayIndexOf(date)),
    ).toEqual([0, 0, 1, 1, 2]);
    expect(journal.onDate('2026-11-22').map(({ id }) => id)).toEqual([2]);
  });

  it('takes over a day that did not change, and not one that did', () => {
    put(listen(1, NOON - DAY, 21, 2), listen(2, NOON, 11, 1));
    const [today, yesterday] = [journal.day(0), journal.day(1)];
    put(listen(1, NOON - DAY, 21, 2), listen(2, NOON, 11, 1), listen(3, NOON + 120, 12, 1));
    expect(journal.day(0)).not.toBe(today);
    expect(journal.day(1)).toBe(yesterday);
    expect(journal.day(1)!.runs[0]!.listens[0]!.id).toBe(1);
  });

  it('follows a change of the time zone', () => {
    put(listen(1, NOON + 12.5 * 3_600, 11, 1));
    journal.setTimeZone('America/New_York');
    expect(journal.day(0)?.date).toBe('2026-11-22');
    journal.setTimeZone('Nowhere/Atall');
    expect(journal.day(0)?.date).toBe('2026-11-22');
  });

  it('shows the other pages when one contradicts itself, and reports it', () => {
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    const good = encodePage('2026-11', [listen(2, NOON, 11, 1)]);
    journal.setPages({ documents: [{ ...good, id: '2026-10', n: 7 }, good], removed: [] });
    expect(journal.length).toBe(1);
    expect(report).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });
});

describe('the journal filtered', () => {
  const ids = (filter: Parameters<JournalStore['filtered']>[0]): number[] => {
    const view = journal.filtered(filter);
    return Array.from({ length: view.dayCount }, (_, index) =>
      view.day(index)!.runs.flatMap((run) => run.listens.map(({ id }) => id)),
    ).flat();
  };

  beforeEach(() => {
    put(
      listen(1, NOON - DAY, 21, 2, { source: 'roon', zone: 'Kitchen' }),
      listen(2, NOON, 11, 1, { note: 'Rain' }),
      listen(3, NOON + 120, 12, 1),
      listen(4, NOON + 400, 91, -9),
    );
  });

  it.each([
    ['album', { albumId: '1' }, [3, 2]],
    ['artist', { artistId: '8' }, [1]],
    ['artist of a track without album', { artistId: '9' }, [4]],
    ['track', { trackId: 12 }, [3]],
    ['source', { sources: ['roon'] }, [1]],
    ['zone', { zone: 'Kitchen' }, [1]],
    ['loved', { lovedOnly: true }, [2]],
    ['noted', { notedOnly: true }, [2]],
    ['period', { from: NOON, to: NOON + 121 }, [3, 2]],
    ['words of title, artist and record, accents aside', { text: 'ILO two 21' }, [1]],
    ['a word that only some have', { text: 'loose' }, [4]],
    ['a word with a typing error, in any order', { text: 'losoe' }, [4]],
    ['words that no listen has together', { text: 'loose two' }, []],
    ['genre', { genre: 'Jazz' }, [1]],
    ['a genre that nothing has', { genre: 'Polka' }, []],
    ['style', { style: 'Modal' }, [1]],
    ['label', { label: 'ECM' }, [1]],
    ['support', { support: 'Vinyl' }, [1]],
    ['decade', { decade: 1970 }, [1]],
    ['hour of the household', { hour: 12 }, [4, 3, 2, 1]],
    ['another hour', { hour: 11 }, []],
    ['weekday', { weekday: 5 }, [1]],
    ['all of them together', { albumId: '1', lovedOnly: true, from: NOON + 1 }, []],
  ] as const)('by %s', (_name, filter, expected) => {
    expect(ids(filter)).toEqual(expected);
  });

  it('by characters that are written without spaces, from any on, beside others too', () => {
    catalogue.setAlbums({
      documents: [
        album('3', 'Live in 東京', { tracks: [track(31, '千のナイフ')], artists: [{ id: '7', name: '坂本 龍一' }] }),
      ],
      removed: [],
    });
    put(listen(5, NOON, 31, 3), listen(6, NOON + 400, 91, -9));
    for (const text of ['龍一', '一', '坂本龍一', 'Live東京', 'ナイフ 本龍', 'lvie京'])
      expect(ids({ text }), text).toEqual([5]);
    expect(ids({ text: '京東' })).toEqual([]);
  });

  it('by words of which one is another’s, mistyped, where no listen has them all', () => {
    const tracks = [
      track(41, 'Postcard from Kate'),
      track(42, 'Formal'),
      track(43, 'Belief'),
      track(44, 'Life on Mars'),
    ];
    catalogue.setAlbums({
      documents: [album('4', 'Letters', { tracks, artists: [{ id: '6', name: 'Zed' }] })],
      removed: [],
    });
    put(...tracks.map(({ id }, at) => listen(id, NOON + at * 400, id, 4)));
    expect([
      ids({ text: 'form kate' }),
      ids({ text: 'form' }),
      ids({ text: 'lief mars' }),
      ids({ text: 'form mars' }),
    ]).toEqual([[41], [42], [44], []]);
  });

  it('follows the journal', () => {
    const view = journal.filtered({ albumId: '2' });
    expect(view.length).toBe(1);
    put(listen(1, NOON - DAY, 21, 2), listen(5, NOON - DAY + 60, 21, 2));
    expect(view.length).toBe(2);
  });
});
