import { describe, expect, it } from 'vitest';
import { applied, libraryForTest, listenTo, newUuid, play, START } from '../testing/library.ts';
import { expectSound } from '../testing/invariants.ts';

/** A library that knows a song, and logs it manually. */
function libraryWithTrack() {
  const { library } = libraryForTest();
  listenTo(library, { playedAt: START - 90_000 });
  const trackId = library.reads.listens({ page: 1, pageSize: 1 }).items[0]!.track.id;
  const log = (playedAt: number) => {
    const group = newUuid();
    applied(library, { kind: 'add-listens', group, playedAt, tracks: [{ trackId, durationSeconds: 200 }] });
    return group;
  };
  const unsent = (mark = 0) => library.scrobbleOutbox.unsent(mark).map(({ playedAt }) => playedAt);
  return { library, log, unsent };
}

describe('manually logged listens that are to be submitted to another service', () => {
  it('are those after the checkpoint, the oldest play first, with the names they were stored with', () => {
    const { library, log, unsent } = libraryWithTrack();
    log(START - 9_000);
    const mark = library.scrobbleOutbox.mark();
    log(START - 5_000);
    log(START - 7_000);
    expect(unsent(mark)).toEqual([START - 7_000, START - 5_000]);
    expect(library.scrobbleOutbox.unsent(mark)[0]).toMatchObject({
      artist: 'Nils Okland',
      title: 'Bris',
      album: 'Lysøen',
      durationSeconds: 200,
      recordedAt: START,
    });
  });

  it('are none that were taken back, and again when that is undone', () => {
    const { library, log, unsent } = libraryWithTrack();
    const group = log(START - 5_000);
    log(START - 3_000);
    applied(library, { kind: 'remove-listens', group });
    expect(unsent()).toEqual([START - 3_000]);
    const listenId = library.reads.listens({ page: 1, pageSize: 1 }).items[0]!.id;
    applied(library, { kind: 'delete-listen', listenId });
    expect(unsent()).toEqual([]);
    applied(library, { kind: 'restore-listen', listenId });
    expect(unsent()).toEqual([START - 3_000]);
  });

  it('are none that the service reported too, unless a person says that it was another play', () => {
    const { library, log, unsent } = libraryWithTrack();
    log(START - 5_000);
    library.scrobbles.record([play({ playedAt: START - 4_998 })]);
    expect(unsent()).toEqual([]);
    const [listen] = library.reads.listens({ page: 1, pageSize: 1 }).items;
    applied(library, {
      kind: 'split-listen',
      listenId: listen!.id,
      scrobbleId: listen!.witnesses.find(({ source }) => source === 'lastfm')!.id,
    });
    expect(unsent()).toEqual([START - 5_000]);
  });

  it('do not come up again once it is noted what became of them', () => {
    const { library, log, unsent } = libraryWithTrack();
    for (const ago of [5_000, 4_000, 3_000, 2_000]) log(START - ago);
    const [taken, ignored, old] = library.scrobbleOutbox.unsent(0);
    library.scrobbleOutbox.markResults([
      { id: taken!.id, outcome: 'taken' },
      { id: ignored!.id, outcome: 'ignored', code: 2, reason: 'Not this one' },
      { id: old!.id, outcome: 'too-old' },
    ]);
    expect(unsent()).toEqual([START - 2_000]);
    expect(library.scrobbleOutbox.outcomes(5)).toEqual({
      taken: 1,
      lastTakenAt: START,
      notTaken: [
        { playedAt: START - 3_000, artist: 'Nils Okland', title: 'Bris', outcome: 'too-old', code: null, reason: null },
        {
          playedAt: START - 4_000,
          artist: 'Nils Okland',
          title: 'Bris',
          outcome: 'ignored',
          code: 2,
          reason: 'Not this one',
        },
      ],
    });
    expect(library.scrobbleOutbox.outcomes(1).notTaken).toHaveLength(1);
    expectSound(library.file);
  });
});
