import { expect, it } from 'vitest';
import type { Library } from '../api/library.ts';
import { holdings } from '../testing/holdings.ts';
import { applied, libraryForTest, listenTo, newUuid, START } from '../testing/library.ts';

const BEGUN = START + 100_000;
const heard = (library: Library) =>
  library.reads
    .listens({ page: 1, pageSize: 50, source: 'manual' })
    .items.map(({ playedAt, track }) => `${playedAt - BEGUN} ${track.title}`)
    .sort();

/** A session of four tracks of 200 seconds that was paused from the 50th to the 90th second; what was heard in 700 seconds is in the journal. */
function libraryWithSession() {
  const former = libraryForTest();
  const { library, setTime } = former;
  for (const [index, title] of ['Bris', 'Brann', 'Hav', 'Is'].entries())
    listenTo(library, { title, playedAt: START + index * 1_000 });
  const trackIds = library.reads.listens({ page: 1, pageSize: 9 }).items.map(({ track }) => track.id);
  const group = newUuid();
  setTime(BEGUN);
  expect(
    applied(library, {
      kind: 'add-listens',
      group,
      playedAt: BEGUN,
      tracks: trackIds.map((trackId) => ({ trackId, durationSeconds: 200 })),
    }),
  ).toMatchObject({ state: 'applied' });
  for (const [act, after] of [
    ['pause', 50],
    ['resume', 90],
  ] as const) {
    setTime(BEGUN + after);
    expect(
      applied(library, { kind: 'move-needle', group, move: { id: newUuid(), act, at: BEGUN + after, place: 0 } }),
    ).toMatchObject({ state: 'applied' });
  }
  setTime(BEGUN + 700);
  library.turntable.settle();
  return former;
}

async function rebuiltFrom(documents: ReturnType<typeof holdings>) {
  const fresh = libraryForTest();
  fresh.setTime(BEGUN + 720);
  for (const [collection, given] of documents) await fresh.library.rebuild.take(collection, given, { life: 'former' });
  expect(await fresh.library.rebuild.settle()).toEqual([]);
  return fresh;
}

it('plays on at the turntable what played when the library was lost: nothing that was heard is missing, and nothing is there twice', async () => {
  const former = libraryWithSession();
  const fresh = await rebuiltFrom(holdings(former.library));
  expect(fresh.library.household.get().turntable).toMatchObject([
    { playedAt: BEGUN, moves: [{ act: 'pause' }, { act: 'resume' }] },
  ]);
  for (const { library, setTime } of [former, fresh]) {
    setTime(BEGUN + 9_000);
    library.turntable.settle();
    expect(library.household.get().turntable).toBeUndefined();
  }
  expect(heard(fresh.library)).toEqual(heard(former.library));
  expect(heard(fresh.library)).toHaveLength(4);
  for (const { close } of [former, fresh]) close();
});

it('has what was heard of it and had not reached the journal yet, and leaves out what a person deleted', async () => {
  const former = libraryWithSession();
  const [last] = former.library.reads.listens({ page: 1, pageSize: 1, source: 'manual' }).items;
  expect(applied(former.library, { kind: 'delete-listen', listenId: last!.id })).toMatchObject({ state: 'applied' });
  // A device that had the journal of the minute before.
  const documents = holdings(former.library).map(([collection, given]): [typeof collection, unknown[]] => [
    collection,
    collection === 'journal' ? given.slice(0, 1) : given,
  ]);
  const fresh = await rebuiltFrom(documents);
  fresh.setTime(BEGUN + 9_000);
  former.setTime(BEGUN + 9_000);
  for (const { library } of [former, fresh]) library.turntable.settle();
  expect(heard(fresh.library)).toEqual(heard(former.library));
  expect(heard(fresh.library)).toHaveLength(3);
  for (const { close } of [former, fresh]) close();
});
