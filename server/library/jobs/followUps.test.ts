import { expect, test } from 'vitest';
import { createFollowUpsModule } from '../../modules/followUps.ts';
import { systemClock } from '../../kit/clock.ts';
import { silentLog } from '../../kit/log.ts';
import type { Library } from '../api/library.ts';
import { expectSound } from '../testing/invariants.ts';
import { applied, libraryForTest, play, replicaOf, START, openIn } from '../testing/library.ts';

const YEAR = 365 * 86_400;
/** More than go along in one transaction. */
const MANY = 260;

/** An artist of two spellings, heard often, for years in the archive and for months in the journal. */
async function twoSpellings() {
  const { library, folder, close } = libraryForTest();
  const heard = Array.from({ length: MANY * 2 }, (_, at) => ({
    artist: at % 2 === 0 ? 'Okra' : 'The Okras',
    album: 'Stews',
    title: `Song ${at % 3}`,
  }));
  library.scrobbles.record(
    heard.slice(0, 40).map((names, at) => play({ ...names, playedAt: START - 2 * YEAR + at * 200_000 })),
  );
  await library.archive.removeBefore(START - YEAR, {});
  library.scrobbles.record(heard.map((names, at) => play({ ...names, playedAt: START - 100 * 86_400 + at * 600 })));
  const id = (name: string) =>
    String(library.reads.artists({ page: 1, pageSize: 10 }).items.find((one) => one.name === name)!.id);
  const open = () => openIn(folder, { backupsDir: folder, timeZone: 'Europe/Paris' });
  return { library, open, close, okra: id('Okra'), okras: id('The Okras') };
}

/** What devices hold of what was heard, and the archived months' figures. */
const held = (library: Library) =>
  new Map([...replicaOf(library)].filter(([key]) => /^(artists|albums|journal|rollups):/.test(key)).sort());

/** The archived plays of each artist, as a device counts them. */
const countedIn = (library: Library): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const [key, document] of replicaOf(library)) {
    if (!key.startsWith('rollups:')) continue;
    for (const [id, listens] of (document as { artists: [number, number][] }).artists)
      counts[id] = (counts[id] ?? 0) + listens;
  }
  return counts;
};

/** Stops what runs after so many slices. */
function stoppedAfter(slices: number) {
  const stop = new AbortController();
  let done = 0;
  const breathe = async () => void ((done += 1) >= slices && stop.abort(new Error('Cut off')));
  return { signal: stop.signal, breathe };
}

test('what follows from a merge is done after the library was closed in between', async () => {
  const { library, open, okra, okras } = await twoSpellings();
  expect(countedIn(library)).toEqual({ [okra]: 20, [okras]: 20 });
  applied(library, { kind: 'merge-artists', from: okra, into: okras });
  library.close();
  const again = open();
  await again.followUps.run({});
  expect(countedIn(again)).toEqual({ [okras]: 40 });
  expect(await again.rollups.verify({})).toMatchObject({ listens: 40, repaired: 0 });
  again.close();
  expectSound(library.file);
});

test('a split of many listens that is cut off at any place is whole in the end, and nothing is lost or doubled', async () => {
  const { library, open, okra, okras } = await twoSpellings();
  const before = held(library);
  applied(library, { kind: 'merge-artists', from: okra, into: okras });
  await library.followUps.run({});
  applied(library, { kind: 'split-artist', from: okra, into: okras });
  let last = library;
  for (let slices = 1; ; slices += 2) {
    const cutOff = await last.followUps.run(stoppedAfter(slices)).then(
      () => false,
      () => true,
    );
    last.close();
    last = open();
    if (!cutOff) break;
    expect(last.reads.counts().listens).toBe(MANY * 2);
  }
  expect(held(last)).toEqual(before);
  last.close();
  expectSound(library.file);
});

/** How often each artist of these names was heard, by the journal. */
const heardOf = (library: Library, ...names: string[]) =>
  names.map((name) => [
    name,
    library.reads.artists({ page: 1, pageSize: 10 }).items.find((one) => one.name === name)?.plays ?? 0,
  ]);

test('a split of many listens stands when the other was merged into a third before it was done', async () => {
  const { library, okra, okras } = await twoSpellings();
  library.scrobbles.record([play({ artist: 'Gumbo', album: 'Stews', title: 'Song 1', playedAt: START })]);
  const gumbo = String(library.reads.artists({ page: 1, pageSize: 10 }).items.find(({ name }) => name === 'Gumbo')!.id);
  applied(library, { kind: 'merge-artists', from: okra, into: okras });
  await library.followUps.run({});
  applied(library, { kind: 'split-artist', from: okra, into: okras });
  applied(library, { kind: 'merge-artists', from: okras, into: gumbo });
  await library.followUps.run({});
  expect(heardOf(library, 'Okra', 'Gumbo')).toEqual([
    ['Okra', MANY],
    ['Gumbo', MANY + 1],
  ]);
  expectSound(library.file);
});

test('listens that a split has not reached yet are not archived before it has', async () => {
  const { library, okra, okras } = await twoSpellings();
  applied(library, { kind: 'merge-artists', from: okra, into: okras });
  await library.followUps.run({});
  applied(library, { kind: 'split-artist', from: okra, into: okras });
  await library.archive.removeBefore(START, {});
  await library.followUps.run({});
  await library.archive.removeBefore(START, {});
  expect(library.reads.counts().listens).toBe(0);
  expect(countedIn(library)).toEqual({ [okra]: MANY + 20, [okras]: MANY + 20 });
  expectSound(library.file);
});

test('a server that starts takes up what was left, and goes on with what comes', async () => {
  const { library, okra, okras } = await twoSpellings();
  applied(library, { kind: 'merge-artists', from: okra, into: okras });
  const module = createFollowUpsModule({ library, clock: systemClock, log: silentLog });
  module.start();
  await expect.poll(() => countedIn(library)).toEqual({ [okras]: 40 });
  applied(library, { kind: 'split-artist', from: okra, into: okras });
  await expect.poll(() => countedIn(library)).toEqual({ [okra]: 20, [okras]: 20 });
  await module.close();
});
