import { beforeEach, describe, expect, it } from 'vitest';
import { encodePage } from '#shared/journal/codec.ts';
import type { Listen } from '#shared/journal/listen.ts';
import type { Catalogue } from './catalogue.ts';
import type { JournalStore } from './journal.ts';
import { optimisticStateOf } from './optimisticState.ts';
import { album, mutation, track } from './testing/documents.ts';
import { journalForTest, listen, NOON, shape } from './testing/journal.ts';

const GROUP = '11111111-1111-4111-8111-111111111111';

let catalogue: Catalogue;
let journal: JournalStore;

beforeEach(() => {
  ({ catalogue, journal } = journalForTest());
});

const put = (...listens: Listen[]): void =>
  journal.setPages({ documents: [encodePage('2026-11', listens)], removed: [] });

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
