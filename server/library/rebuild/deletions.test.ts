import { afterEach, expect, it } from 'vitest';
import { collectionNames, type CollectionName } from '#shared/sync/collections.ts';
import type { Library } from '../api/library.ts';
import { expectSound } from '../testing/invariants.ts';
import { applied, libraryForTest, play, replicaOf, START } from '../testing/library.ts';

type Held = [CollectionName, unknown[]][];

/** What a device holds that pulls now. */
function heldOf(library: Library): Held {
  const documents = [...replicaOf(library)];
  return collectionNames.map((name) => [
    name,
    documents.filter(([key]) => key.startsWith(`${name}:`)).map(([, document]) => document),
  ]);
}

const open: { library: Library; close(): void }[] = [];
function aLibrary(): Library {
  const made = libraryForTest();
  open.push(made);
  return made.library;
}
afterEach(() => {
  for (const { library, close } of open.splice(0)) {
    expectSound(library.file);
    close();
  }
});

const plays = [play({ title: 'Bris', playedAt: START + 100 }), play({ title: 'Brann', playedAt: START + 900 })];
const heard = (library: Library) =>
  library.reads
    .listens({ page: 1, pageSize: 50 })
    .items.map(({ id, track }) => `${id} ${track.title}`)
    .sort();
const idOf = (library: Library, title: string) =>
  library.reads.listens({ page: 1, pageSize: 50 }).items.find(({ track }) => track.title === title)!.id;
const give = async (library: Library, held: Held, life = 'former') => {
  for (const [name, documents] of held)
    expect((await library.rebuild.take(name, documents, { life })).refused).toEqual([]);
};

const deletionsOf = (library: Library) => heldOf(library).find(([name]) => name === 'deletions')![1];

/** Two plays of which one was deleted; what devices held before, and hold now. */
function afterADeletion() {
  const former = aLibrary();
  former.scrobbles.record(plays);
  const [before, id] = [heldOf(former), idOf(former, 'Bris')];
  expect(applied(former, { kind: 'delete-listen', listenId: id })).toMatchObject({ state: 'applied' });
  return { former, before, after: heldOf(former), id };
}

it('a play that a person deleted stays deleted when its source reports it again, and can still be put back', async () => {
  const { former, after, id } = afterADeletion();
  const fresh = aLibrary();
  await give(fresh, after);
  fresh.scrobbles.record(plays);
  expect(heard(fresh)).toEqual(heard(former));
  for (const library of [former, fresh])
    expect(applied(library, { kind: 'restore-listen', listenId: id })).toMatchObject({ state: 'applied' });
  expect(heard(fresh)).toHaveLength(2);
  expect(heard(fresh)).toEqual(heard(former));
});

it('a play that a person deleted goes when only another device knows that, and stays gone whatever stale devices hold', async () => {
  const { former, before, after } = afterADeletion();
  const fresh = aLibrary();
  await give(fresh, before);
  expect(heard(fresh)).toHaveLength(2);
  await give(fresh, after);
  expect(heard(fresh)).toEqual(heard(former));
  expect(deletionsOf(fresh)).toEqual(deletionsOf(former));
  await give(fresh, before);
  fresh.scrobbles.record(plays);
  expect(heard(fresh)).toEqual(heard(former));
});

it('a play that was put back stands, whichever device gives first', async () => {
  const { former, after, id } = afterADeletion();
  applied(former, { kind: 'restore-listen', listenId: id });
  const later = heldOf(former);
  for (const order of [
    [after, later],
    [later, after],
  ]) {
    const fresh = aLibrary();
    for (const held of order) await give(fresh, held);
    expect(heard(fresh)).toEqual(heard(former));
  }
});

it('what was deleted in another life is never a listen of the same number here, and its note’s history is no other listen’s', async () => {
  const { former, id } = afterADeletion();
  const noted = idOf(former, 'Brann');
  for (const note of ['first', 'second']) applied(former, { kind: 'note-listen', listenId: noted, note });
  const here = aLibrary();
  here.scrobbles.record([
    play({ title: 'Other', playedAt: START + 5_000 }),
    play({ title: 'Another', playedAt: START + 9_000 }),
  ]);
  const before = heard(here);
  expect(before.map((line) => Number(line.split(' ')[0])).sort()).toEqual([id, noted].sort());
  await give(here, heldOf(former));
  expect(heard(here)).toEqual(expect.arrayContaining(before));
  here.scrobbles.record(plays);
  expect(heard(here)).toHaveLength(3);
  const histories = heldOf(here).find(([name]) => name === 'revisions')![1] as {
    id: string;
    revisions: { text: string }[];
  }[];
  expect(histories.map((history) => [history.id, history.revisions.map(({ text }) => text)])).toEqual([
    [`listen-note:${idOf(here, 'Brann')}`, ['first']],
  ]);
});

it('two plays that a person put together and deleted stay one deleted play, whenever the rule is applied again', async () => {
  const former = aLibrary();
  former.scrobbles.record([
    play({ source: 'import', title: 'Bris', playedAt: START + 100 }),
    play({ source: 'roon', title: 'Hav', playedAt: START + 10_900 }),
  ]);
  expect(
    applied(former, { kind: 'merge-listens', listenIds: [idOf(former, 'Bris'), idOf(former, 'Hav')] }),
  ).toMatchObject({ state: 'applied' });
  const [one] = former.reads.listens({ page: 1, pageSize: 9 }).items;
  expect(applied(former, { kind: 'delete-listen', listenId: one!.id })).toMatchObject({ state: 'applied' });
  const fresh = aLibrary();
  await give(fresh, heldOf(former));
  await fresh.reresolve();
  expect(deletionsOf(fresh)).toEqual(deletionsOf(former));
});
