import { beforeEach, describe, expect, it, vi } from 'vitest';
import { encodePage } from '#shared/journal/codec.ts';
import type { Listen } from '#shared/journal/listen.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { Catalogue } from './catalogue.ts';
import { JournalStore } from './journal.ts';
import { optimisticStateOf } from './optimisticState.ts';
import { album, artist, mutation, silent, track } from './testing/documents.ts';
import type { JournalView } from './types.ts';

/** 22 November 2026, 12:00 in Zurich. */
const NOON = Date.UTC(2026, 10, 22, 11) / 1_000;
const DAY = 86_400;
const GROUP = '11111111-1111-4111-8111-111111111111';

const listen = (
  id: number,
  playedAt: number,
  trackId: number,
  ownerId: number,
  more: Partial<Listen> = {},
): Listen => ({
  id,
  playedAt,
  trackId,
  ownerId,
  source: 'lastfm',
  witnesses: 1,
  ...more,
});

let catalogue: Catalogue;
let journal: JournalStore;

beforeEach(() => {
  catalogue = new Catalogue(silent());
  catalogue.setAlbums({
    documents: [
      album('1', 'One', {
        tracks: [track(11, 'A', { durationSeconds: 120, loved: true }), track(12, 'B', { durationSeconds: 180 })],
      }),
      album('2', 'Twö', {
        tracks: [track(21)],
        artists: [{ id: '8', name: 'Ílo' }],
        year: 1974,
        support: 'Vinyl',
        genres: ['Jazz'],
        styles: ['Modal'],
        labels: [{ name: 'ECM', catalogueNumber: null }],
      }),
    ],
    removed: [],
  });
  catalogue.setArtists({ documents: [artist('9', 'Loose', { tracks: [track(91)] })], removed: [] });
  journal = new JournalStore(catalogue, silent());
  journal.setTimeZone('Europe/Zurich');
});

const put = (...listens: Listen[]): void =>
  journal.setPages({ documents: [encodePage('2026-11', listens)], removed: [] });
const shape = (view: JournalView): unknown[] =>
  Array.from({ length: view.dayCount }, (_, index) => {
    const day = view.day(index)!;
    return [day.date, ...day.runs.map((run) => [run.albumId, ...run.listens.map(({ id }) => id)])];
  });

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

describe('the journal under mutations', () => {
  const apply = (...wanted: Parameters<typeof mutation>[0][]): void =>
    journal.setOptimistic(
      optimisticStateOf(
        wanted.map((each) => mutation(each)),
        {},
      ),
    );

  it('hides what is to be deleted, and shows again what is to come back', () => {
    put(listen(2, NOON, 11, 1), listen(3, NOON + 120, 12, 1));
    journal.remember(3);
    apply({ kind: 'delete-listen', listenId: 3 });
    expect(shape(journal)).toEqual([['2026-11-22', ['1', 2]]]);
    put(listen(2, NOON, 11, 1));
    apply({ kind: 'restore-listen', listenId: 3 });
    expect(shape(journal)).toEqual([['2026-11-22', ['1', 3, 2]]]);
    expect(journal.listen(3)?.pending).toBe(true);
  });

  it('shows a listen that comes back with the note that the server had not sent when it was deleted', () => {
    put(listen(2, NOON, 11, 1), listen(3, NOON + 120, 12, 1));
    apply({ kind: 'note-listen', listenId: 3, note: 'By the fire' });
    journal.remember(3);
    apply({ kind: 'delete-listen', listenId: 3 });
    put(listen(2, NOON, 11, 1));
    apply({ kind: 'restore-listen', listenId: 3 });
    expect(journal.listen(3)).toMatchObject({ note: 'By the fire', pending: true });
  });

  it('shows a note, and an emptied one as none', () => {
    put(listen(2, NOON, 11, 1, { note: 'Before' }));
    apply({ kind: 'note-listen', listenId: 2, note: 'After' });
    expect(journal.listen(2)).toMatchObject({ note: 'After', pending: true });
    apply({ kind: 'note-listen', listenId: 2, note: '' });
    expect(journal.listen(2)?.note).toBeUndefined();
  });

  it('shows added listens on their album, until the server’s own of them arrive', () => {
    put(listen(2, NOON, 11, 1));
    const add = {
      kind: 'add-listens',
      group: GROUP,
      playedAt: NOON + 600,
      tracks: [{ trackId: 21 }, { trackId: 91 }],
    } as const;
    apply({ ...add, tracks: [...add.tracks] });
    expect(
      journal.day(0)!.runs.map(({ albumId, listens }) => [albumId, listens[0]!.trackId, listens[0]!.group]),
    ).toEqual([
      [null, 91, GROUP],
      ['2', 21, GROUP],
      ['1', 11, undefined],
    ]);
    put(
      listen(2, NOON, 11, 1),
      listen(7, NOON + 600, 21, 2, { source: 'manual' }),
      listen(8, NOON + 800, 91, -9, { source: 'manual' }),
    );
    expect(shape(journal)).toEqual([['2026-11-22', [null, 8], ['2', 7], ['1', 2]]]);
    expect(journal.listen(7)?.pending).toBe(false);
  });

  it('shows a report that was split off as a listen of its own, until the server has it so, and back again', () => {
    const split = { listenId: 2, scrobbleId: 5, report: { source: 'roon', playedAt: NOON + 3 } } as const;
    put(listen(2, NOON, 11, 1, { witnesses: 2, note: 'Rain' }));
    apply({ kind: 'split-listen', ...split });
    expect(journal.onDate('2026-11-22')).toMatchObject([
      { id: 2, witnesses: 1, note: 'Rain', pending: true },
      { id: -1, witnesses: 1, source: 'roon', playedAt: NOON + 3, trackId: 11, ownerId: 1, pending: true },
    ]);
    apply({ kind: 'split-listen', ...split }, { kind: 'rejoin-listen', ...split });
    expect(journal.onDate('2026-11-22')).toMatchObject([{ id: 2, witnesses: 2, pending: false }]);
    put(listen(2, NOON, 11, 1), listen(3, NOON + 3, 11, 1, { source: 'roon' }));
    apply({ kind: 'rejoin-listen', ...split });
    expect(journal.onDate('2026-11-22')).toMatchObject([{ id: 2, witnesses: 2, pending: true }]);
  });

  it('shows merged listens as one, and as several again', () => {
    const merge = { listenIds: [2, 3] };
    put(listen(2, NOON, 11, 1), listen(3, NOON + 5, 11, 1, { source: 'roon' }));
    for (const id of merge.listenIds) journal.remember(id);
    apply({ kind: 'merge-listens', ...merge });
    expect(journal.onDate('2026-11-22')).toMatchObject([{ id: 2, witnesses: 2, pending: true }]);
    apply({ kind: 'merge-listens', ...merge }, { kind: 'part-listens', ...merge });
    expect(journal.onDate('2026-11-22').map(({ id }) => id)).toEqual([2, 3]);
    // The merge went through, and the server kept the other one.
    put(listen(3, NOON, 11, 1, { witnesses: 2 }));
    apply({ kind: 'merge-listens', ...merge });
    expect(journal.onDate('2026-11-22').map(({ id }) => id)).toEqual([3]);
    apply({ kind: 'part-listens', ...merge });
    expect(journal.onDate('2026-11-22')).toMatchObject([
      { id: 2, source: 'lastfm', witnesses: 1, pending: true },
      { id: 3, source: 'roon', witnesses: 1, playedAt: NOON + 5, pending: true },
    ]);
  });

  it('puts an added listen on its album once the album is known, as after a reload without the server', () => {
    apply({ kind: 'add-listens', group: GROUP, playedAt: NOON, tracks: [{ trackId: 31 }] });
    expect(journal.day(0)!.runs.map(({ albumId }) => albumId)).toEqual([null]);
    const before = journal.version;
    catalogue.setAlbums({ documents: [album('3', 'Three', { tracks: [track(31)] })], removed: [] });
    expect(journal.version).not.toBe(before);
    expect(journal.day(0)!.runs.map(({ albumId }) => albumId)).toEqual(['3']);
  });

  it('hides the server’s listens of a group that was taken back', () => {
    put(listen(7, NOON + 600, 21, 2, { source: 'manual' }), listen(8, NOON + 600, 21, 2));
    apply(
      { kind: 'add-listens', group: GROUP, playedAt: NOON + 600, tracks: [{ trackId: 21 }] },
      { kind: 'remove-listens', group: GROUP },
    );
    expect(shape(journal)).toEqual([['2026-11-22', ['2', 8]]]);
  });
});

describe('what was logged by its names', () => {
  const named = mutation({
    kind: 'log-named',
    group: GROUP,
    playedAt: NOON,
    artist: 'Lena Aldous',
    album: 'Blue Hour Ferry',
    tracks: [
      { title: 'Quay', durationSeconds: 200 },
      { title: 'Wake', durationSeconds: 100 },
    ],
  });
  const apply = (...more: (typeof named)[]): void => {
    const state = optimisticStateOf([named, ...more], {});
    catalogue.setOptimistic(state);
    journal.setOptimistic(state);
  };
  const shown = () =>
    journal
      .onDate('2026-11-22')
      .map(({ id, trackId, playedAt, pending, group }) => [id < 0, trackId, playedAt - NOON, pending, group]);
  const arrive = () =>
    catalogue.setAlbums({
      documents: [album('5', 'Blue Hour Ferry', { tracks: [track(51, 'QUAY'), track(52, 'Wake')] })],
      removed: [],
    });

  it('waits in the journal at once, with its length, and can be taken back', () => {
    apply();
    expect(shown()).toEqual([
      [true, -1, 0, true, GROUP],
      [true, -2, 200, true, GROUP],
    ]);
    expect(journal.day(0)?.summary.time).toEqual({ seconds: 300, estimatedSeconds: 0 });
    apply(mutation({ kind: 'remove-listens', group: GROUP }));
    expect(shown()).toEqual([]);
  });

  it('is there once, whether the journal or the record comes first', () => {
    apply();
    put(listen(1, NOON, 51, 5, { source: 'manual' }), listen(2, NOON + 201, 52, 5, { source: 'manual' }));
    expect(shown()).toEqual([
      [false, 51, 0, false, undefined],
      [false, 52, 201, false, undefined],
    ]);
    arrive();
    expect(shown().map(([, trackId]) => trackId)).toEqual([51, 52]);
    // What the server had before by another title is another.
    put(listen(1, NOON, 11, 1, { source: 'manual' }));
    expect(shown().map(([, trackId]) => trackId)).toEqual([-1, 11, -2]);
  });

  it('is hidden at once when it is taken back after it arrived', () => {
    arrive();
    put(listen(1, NOON, 51, 5, { source: 'manual' }), listen(2, NOON + 200, 52, 5, { source: 'manual' }));
    apply(mutation({ kind: 'remove-listens', group: GROUP }));
    expect(shown()).toEqual([]);
  });
});
