import { describe, expect, it } from 'vitest';
import { resolvePlaylist } from './playlistConflict.ts';

const playlist = (name: string, updatedAt: number, entries: string[] = [], _deleted = false) => ({
  id: '00000000-0000-4000-8000-000000000001',
  name,
  algorithm: null,
  aiPrompt: null,
  createdAt: 1,
  updatedAt,
  entries: entries.map((entry) => ({ entry, trackId: 1 })),
  _deleted,
});

const resolved = (
  assumedMasterState: object | undefined,
  newDocumentState: object,
  realMasterState: object,
  now?: number,
) => resolvePlaylist({ assumedMasterState, newDocumentState, realMasterState } as never, now);

describe('a playlist changed on both sides', () => {
  it('is merged over what both had in common', () => {
    const merged = resolved(
      playlist('A', 1, ['x', 'y']),
      playlist('B', 2, ['x', 'y', 'mine']),
      playlist('A', 3, ['y', 'theirs']),
    );
    expect(merged).toMatchObject({ name: 'B', updatedAt: 3, _deleted: false });
    expect(merged.entries.map(({ entry }) => entry).sort()).toEqual(['mine', 'theirs', 'y']);
  });

  it('was not changed later than now, whatever this device’s clock said', () => {
    expect(resolved(playlist('A', 1), playlist('B', 9_000), playlist('C', 50), 40)).toMatchObject({
      name: 'C',
      updatedAt: 50,
    });
  });

  it('loses nothing of either side when nothing in common is known', () => {
    const merged = resolved(undefined, playlist('A', 1, ['x']), playlist('A', 2, ['y']));
    expect(merged.entries).toHaveLength(2);
  });

  it('outlives a deletion that did not know of the edit, whichever side deleted', () => {
    const base = playlist('A', 1);
    expect(resolved(base, playlist('A', 2, [], true), playlist('B', 3))).toMatchObject({ name: 'B', _deleted: false });
    expect(resolved(base, playlist('B', 3), playlist('A', 2, [], true))).toMatchObject({ name: 'B', _deleted: false });
  });

  it('stays deleted when both deleted it, and follows the later when nothing in common is known', () => {
    expect(resolved(playlist('A', 1), playlist('A', 2, [], true), playlist('A', 3, [], true))._deleted).toBe(true);
    expect(resolved(undefined, playlist('A', 5, [], true), playlist('A', 3))._deleted).toBe(true);
    expect(resolved(undefined, playlist('A', 2, [], true), playlist('A', 3))._deleted).toBe(false);
    expect(resolved(undefined, playlist('A', 3, [], true), playlist('A', 3))._deleted).toBe(true);
    expect(resolved(undefined, playlist('A', 3), playlist('A', 3, [], true))._deleted).toBe(true);
  });
});
