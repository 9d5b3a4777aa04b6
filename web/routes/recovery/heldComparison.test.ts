import { expect, it } from 'vitest';
import type { Held } from '$lib/library/types.ts';
import { type Differences, KINDS } from '../../lib/replica/kinds.ts';
import { heldRows, whatDiffers } from './heldComparison.ts';

const same = { mine: 3, theirs: 3, onlyHere: 0, differs: 0 };
const differences = (more: Partial<Differences>): Differences => ({
  ...(Object.fromEntries(KINDS.map((kind) => [kind, same])) as Differences),
  ...more,
});
const held = (more: Partial<Held> = {}): Held => ({
  cause: 'smaller',
  because: 'restore',
  losing: [],
  mine: { documents: { albums: 307, journal: 48, revisions: 2 }, listens: 16_827 },
  theirs: { documents: { albums: 307, journal: 48 }, listens: 16_827 },
  libraryId: 'library-1',
  epoch: 'epoch-2',
  since: 0,
  answer: null,
  ...more,
});

it('claims a loss only of what is not on the server at all', () => {
  const lost = { ...same, onlyHere: 2 };
  const changed = { ...same, differs: 1 };
  expect(whatDiffers(held({ differences: differences({ notes: lost }) }))).toBe('lacks');
  expect(whatDiffers(held({ differences: differences({ ratings: changed }) }))).toBe('differs');
  expect(whatDiffers(held({ differences: differences({ notes: lost, ratings: changed }) }))).toBe('both');
  expect(whatDiffers(held())).toBe('fewer');
  expect(whatDiffers(held({ cause: 'other-library' }))).toBe('another');
});

it('names what the server would not take as lacking there, whatever a comparison shows', () => {
  expect(
    whatDiffers(
      held({ differences: differences({}), refused: [{ collection: 'deletions', id: '2026-11', reason: 'too much' }] }),
    ),
  ).toBe('lacks');
});

it('counts a playlist as lost only where it was removed from the library: else it is sent again', () => {
  const gone = differences({ playlists: { mine: 1, theirs: 0, onlyHere: 1, differs: 0 } });
  expect(whatDiffers(held({ differences: gone }))).toBe('differs');
  expect(whatDiffers(held({ cause: 'emptied', differences: gone }))).toBe('lacks');
});

it('lists what people have, by kind, and what differs where the counts are equal', () => {
  const ratings = { mine: 4, theirs: 4, onlyHere: 1, differs: 2 };
  const none = { mine: 0, theirs: 0, onlyHere: 0, differs: 0 };
  expect(heldRows(held({ differences: differences({ ratings, rollups: none }) }))).toEqual(
    KINDS.filter((kind) => kind !== 'rollups').map((kind) => ({ kind, ...(kind === 'ratings' ? ratings : same) })),
  );
  expect(heldRows(held()).map(({ kind, mine, theirs }) => [kind, mine, theirs])).toEqual([
    ['listens', 16_827, 16_827],
    ['albums', 307, 307],
    ['revisions', 2, 0],
  ]);
});
