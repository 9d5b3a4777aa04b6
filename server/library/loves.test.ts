import { describe, expect, it } from 'vitest';
import { applied, libraryForTest, listenTo, play, START } from './testing/library.ts';

describe('loved tracks', () => {
  it('follow Last.fm only where it says something else than last time', () => {
    const { library } = libraryForTest();
    listenTo(library);
    const track = { artist: 'NILS OKLAND', title: 'bris' };
    const isLoved = () => library.reads.listens({ page: 1, pageSize: 1 }).items[0]?.loved;
    expect(library.loves.seenUpstream(track, true)).toBe(true);
    expect(library.loves.seenUpstream(track, true)).toBe(false);
    expect(isLoved()).toBe(true);
    applied(library, { kind: 'love-track', trackId: library.reads.listens({ page: 1, pageSize: 1 }).items[0]!.track.id, loved: false });
    expect(library.loves.seenUpstream(track, true)).toBe(false);
    expect(isLoved()).toBe(false);
    expect(library.loves.untold()).toMatchObject([{ artist: 'Nils Okland', title: 'Bris', loved: false }]);
    library.loves.told(library.loves.untold()[0]!.trackId, false);
    expect(library.loves.untold()).toEqual([]);
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
    expect(library.loves.untold()).toEqual([]);
  });

  it('that nobody heard are left to Last.fm', () => {
    const { library } = libraryForTest();
    expect(library.loves.seenUpstream({ artist: 'Nobody', title: 'Nothing' }, true)).toBe(false);
    expect(library.loves.lovedUpstream()).toEqual([]);
  });
});
