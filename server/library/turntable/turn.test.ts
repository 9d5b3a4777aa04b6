import { expect, it } from 'vitest';
import type { Library } from '../api/library.ts';
import { applied, mutationOf, libraryForTest, listenTo, newUuid, START } from '../testing/library.ts';

const TURN = 30;
/** A side of one track each: 200 s, and a turn that is assumed. */
function twoSides() {
  const fixture = libraryForTest();
  const { library } = fixture;
  for (const title of ['Bris', 'Hav']) listenTo(library, { title, playedAt: START - 100_000 });
  const trackIds = library.reads.listens({ page: 1, pageSize: 9 }).items.map(({ track }) => track.id);
  const group = newUuid();
  const start = START + 100_000;
  const at = (seconds: number) => {
    fixture.setTime(start + seconds);
    library.turntable.settle();
  };
  at(0);
  const tracks = trackIds.map((trackId, place) => ({
    trackId,
    durationSeconds: 200,
    ...(place === 1 && { begins: { side: 'B' } }),
  }));
  expect(applied(library, { kind: 'add-listens', group, playedAt: start, tracks })).toMatchObject({ state: 'applied' });
  const turned = (seconds: number) =>
    library.mutations.apply(
      [
        mutationOf(
          { kind: 'move-needle', group, move: { id: newUuid(), act: 'turn', at: start + seconds, place: 1 } },
          { madeAt: (start + seconds) * 1000 },
        ),
      ],
      Date.now(),
    );
  return { ...fixture, at, turned, heard: () => momentsOf(library, start) };
}
const momentsOf = (library: Library, start: number) =>
  library.reads
    .listens({ page: 1, pageSize: 9, source: 'manual' })
    .items.map(({ playedAt }) => playedAt - start)
    .sort((one, other) => one - other);

it('moves a listen that was written at the turn it took for granted to the turn that a device reports later', () => {
  const { at, turned, heard, close } = twoSides();
  at(400);
  expect(heard()).toEqual([0, 200 + TURN]);
  turned(245);
  expect(heard()).toEqual([0, 245]);
  at(10_000);
  expect(heard()).toEqual([0, 245]);
  close();
});

it('takes it back until it has been heard, where the side was turned much later', () => {
  const { at, turned, heard, close } = twoSides();
  at(400);
  turned(390);
  expect(heard()).toEqual([0]);
  at(390 + 101);
  expect(heard()).toEqual([0, 390]);
  close();
});
