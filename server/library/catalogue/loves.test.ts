import { describe, expect, it } from 'vitest';
import type { Mutation } from '#shared/mutations/registry.ts';
import { applied, libraryForTest, listenTo, play, START } from '../testing/library.ts';

describe('loved tracks', () => {
  it('follow Last.fm only where it says something else than last time', () => {
    const { library } = libraryForTest();
    listenTo(library);
    const track = { artist: 'NILS OKLAND', title: 'bris' };
    const isLoved = () => library.reads.listens({ page: 1, pageSize: 1 }).items[0]?.loved;
    expect(library.loves.seenUpstream(track, true)).toBe(true);
    expect(library.loves.seenUpstream(track, true)).toBe(false);
    expect(isLoved()).toBe(true);
    applied(library, {
      kind: 'love-track',
      trackId: library.reads.listens({ page: 1, pageSize: 1 }).items[0]!.track.id,
      loved: false,
    });
    expect(library.loves.seenUpstream(track, true)).toBe(false);
    expect(isLoved()).toBe(false);
    expect(library.loves.unsent()).toMatchObject([{ artist: 'Nils Okland', title: 'Bris', loved: false }]);
    library.loves.markSent(library.loves.unsent()[0]!.trackId, false);
    expect(library.loves.unsent()).toEqual([]);
    expect(library.loves.seenUpstream(track, true)).toBe(true);
    expect(isLoved()).toBe(true);
  });

  it('come with the plays that say so, for every album the recording is on', () => {
    const { library } = libraryForTest();
    listenTo(library, { loved: true });
    listenTo(library, { album: 'Best of', playedAt: START + 900, source: 'roon' });
    expect(library.reads.listens({ page: 1, pageSize: 10 }).items.map(({ loved }) => loved)).toEqual([true, true]);
    expect(library.loves.lovedUpstream()).toHaveLength(1);
    library.scrobbles.record([play({ playedAt: START + 1_800, loved: false })]);
    expect(library.reads.listens({ page: 1, pageSize: 10, loved: true }).total).toBe(0);
    expect(library.loves.unsent()).toEqual([]);
  });

  it('that nobody heard are left to Last.fm', () => {
    const { library } = libraryForTest();
    expect(library.loves.seenUpstream({ artist: 'Nobody', title: 'Nothing' }, true)).toBe(false);
    expect(library.loves.lovedUpstream()).toEqual([]);
  });

  describe.each(['album', 'artist'] as const)('said while two were one %s', (kind) => {
    /** The same song twice: on two albums, or by two artists who are one. */
    function twice(loved: boolean) {
      const { library } = libraryForTest();
      listenTo(library, { album: kind === 'album' ? 'First' : undefined });
      listenTo(library, {
        playedAt: START + 9_000,
        ...(kind === 'album' ? { album: 'Second' } : { artist: 'N. Okland', album: undefined }),
      });
      const listens = () => library.reads.listens({ page: 1, pageSize: 10 }).items;
      const say = (word: boolean) =>
        applied(library, { kind: 'love-track', trackId: listens()[0]!.track.id, loved: word });
      if (loved) for (const { track } of listens()) applied(library, { kind: 'love-track', trackId: track.id, loved });
      const ids = library.feed.pull(`${kind}s`, 0, 10).documents.map(({ id }) => String(id));
      const [into, from] = ids as [string, string];
      const become = (word: 'merge' | 'split') =>
        expect(
          applied(library, { kind: `${word}-${kind}${word === 'merge' ? 's' : ''}`, from, into } as Mutation),
        ).toMatchObject({ state: 'applied' });
      const loves = () =>
        [listens().map((listen) => listen.loved), library.loves.unsent().map((love) => love.loved)].flat();
      return { library, say, become, loves, tracks: () => new Set(listens().map(({ track }) => track.id)).size };
    }

    it('stays said of both when they are two again', () => {
      for (const [before, word] of [
        [true, false],
        [false, true],
      ] as const) {
        const { say, become, loves, tracks } = twice(before);
        become('merge');
        expect(tracks()).toBe(1);
        say(word);
        become('split');
        expect(tracks()).toBe(2);
        expect(loves().filter((loved) => loved !== word)).toEqual([]);
      }
    });

    it('by Last.fm too, and what nobody said anything of is as it was', () => {
      const { library, become, loves } = twice(true);
      for (const { trackId } of library.loves.unsent()) library.loves.markSent(trackId, true);
      become('merge');
      library.loves.seenUpstream({ artist: 'Nils Okland', title: 'Bris' }, false);
      become('split');
      expect(loves()).toEqual([false, false]);
      expect(library.loves.lovedUpstream()).toEqual([]);
      const silent = twice(true);
      silent.become('merge');
      silent.become('split');
      expect(silent.loves().slice(0, 2)).toEqual([true, true]);
    });
  });
});
