import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlaylistDocument, PlaylistEntry } from './playlist.ts';
import { mergePlaylists } from './playlistMerge.ts';

const playlist = (entries: string, more: Partial<PlaylistDocument> = {}): PlaylistDocument => ({
  id: '0b9d6a52-5b1c-4c38-8f0e-0d0f6f5a4d11',
  name: 'Rain',
  algorithm: null,
  aiPrompt: null,
  createdAt: 100,
  updatedAt: 100,
  entries: [...entries].map((entry): PlaylistEntry => ({ entry, trackId: entry.charCodeAt(0) })),
  ...more,
});
const lettersOf = ({ entries }: PlaylistDocument): string => entries.map(({ entry }) => entry).join('');

interface Edit {
  keep: boolean[];
  shuffle: boolean;
  order: number[];
  added: [entry: string, place: number][];
  name: string;
  updatedAt: number;
}

/** What a person does to a list: takes some away, moves some, adds new ones, renames it. */
const anyEdit = (fresh: string): fc.Arbitrary<Edit> =>
  fc.record({
    keep: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    shuffle: fc.boolean(),
    order: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 8, maxLength: 8 }),
    added: fc.array(fc.tuple(fc.constantFrom(...fresh), fc.nat({ max: 8 })), { maxLength: 3 }),
    name: fc.constantFrom('Rain', 'Rain', 'Snow', 'Fog'),
    updatedAt: fc.integer({ min: 100, max: 103 }),
  });

function edited(base: PlaylistDocument, { keep, shuffle, order, added, name, updatedAt }: Edit): PlaylistDocument {
  let entries = base.entries
    .map((entry, index) => ({ entry, rank: order[index]!, stays: keep[index]! }))
    .filter(({ stays }) => stays);
  if (shuffle) entries = entries.sort((a, b) => a.rank - b.rank);
  const list = entries.map(({ entry }) => entry);
  for (const [entry, place] of added) {
    if (!list.some((each) => each.entry === entry)) list.splice(Math.min(place, list.length), 0, { entry, trackId: 7 });
  }
  return { ...base, name, updatedAt, entries: list };
}

describe('a playlist changed on two devices', () => {
  const base = playlist('abcdefgh');

  it('takes over that a track came or went on one side, with the words that both keep', () => {
    const names = { artist: 'Nils Økland', title: 'Bris', album: 'Lysøen' };
    const base = playlist('', { entries: [{ entry: 'a', trackId: 7, ...names }] });
    const lost = { ...base, entries: [{ entry: 'a', trackId: null, ...names }], updatedAt: 101 };
    const renamed = { ...base, name: 'Snow', updatedAt: 102 };
    expect(mergePlaylists(base, renamed, lost)).toEqual({ ...lost, name: 'Snow', updatedAt: 102 });
    expect(mergePlaylists(lost, { ...lost, name: 'Snow' }, base)).toMatchObject({
      name: 'Snow',
      entries: base.entries,
    });
  });

  it('comes out the same on both, keeps what either added and lacks what either took away', () => {
    fc.assert(
      fc.property(anyEdit('mnop'), anyEdit('wxyzm'), (one, two) => {
        const [mine, theirs] = [edited(base, one), edited(base, two)];
        const merged = mergePlaylists(base, mine, theirs);
        expect(mergePlaylists(base, theirs, mine)).toEqual(merged);
        const has = (list: PlaylistDocument, letter: string): boolean => lettersOf(list).includes(letter);
        const expected = [...'abcdefghmnopwxyz'].filter((letter) =>
          has(base, letter) ? has(mine, letter) && has(theirs, letter) : has(mine, letter) || has(theirs, letter),
        );
        expect([...lettersOf(merged)].sort()).toEqual(expected);
      }),
    );
  });

  it('is what one side made of it when the other changed nothing', () => {
    fc.assert(
      fc.property(anyEdit('mnop'), (edit) => {
        const mine = edited(base, edit);
        expect(mergePlaylists(base, mine, base)).toEqual(mine);
        expect(mergePlaylists(base, mine, mine)).toEqual(mine);
      }),
    );
  });

  it('changes no more when the outcome is merged with either side again', () => {
    fc.assert(
      fc.property(anyEdit('mnop'), anyEdit('wxyz'), (one, two) => {
        const [mine, theirs] = [edited(base, one), edited(base, two)];
        const merged = mergePlaylists(base, mine, theirs);
        expect(lettersOf(mergePlaylists(theirs, merged, theirs))).toBe(lettersOf(merged));
        expect(lettersOf(mergePlaylists(mine, merged, mine))).toBe(lettersOf(merged));
      }),
    );
  });

  it.each([
    ['both add at the end', 'ab', 'abx', 'aby', 'abyx'],
    ['one moves, the other adds after what was moved', 'abc', 'cab', 'abcx', 'cxab'],
    ['one takes away what the other moves', 'abc', 'ab', 'cab', 'ab'],
    ['one adds at the front, the other takes the front away', 'abc', 'xabc', 'bc', 'xbc'],
    ['one empties the list, the other adds', 'abc', '', 'abcx', 'x'],
  ])('%s', (_what, before, mine, theirs, expected) => {
    const merged = mergePlaylists(
      playlist(before),
      playlist(mine, { updatedAt: 120 }),
      playlist(theirs, { updatedAt: 110 }),
    );
    expect(lettersOf(merged)).toBe(expected);
  });

  it('takes the later name where both gave one, and the changed one where one did', () => {
    const mine = playlist('a', { name: 'Snow', updatedAt: 130 });
    const theirs = playlist('a', { name: 'Fog', updatedAt: 120, aiPrompt: 'quiet' });
    const merged = mergePlaylists(playlist('a'), mine, theirs);
    expect(merged).toMatchObject({ name: 'Snow', aiPrompt: 'quiet', updatedAt: 130 });
    expect(mergePlaylists(playlist('a'), playlist('a', { updatedAt: 140 }), theirs).name).toBe('Fog');
  });

  it('keeps everything of both where nothing in common is known', () => {
    const merged = mergePlaylists(null, playlist('abx', { updatedAt: 120 }), playlist('bcay'));
    expect([...lettersOf(merged)].sort().join('')).toBe('abcxy');
  });
});
