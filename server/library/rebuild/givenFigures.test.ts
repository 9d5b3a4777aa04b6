import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import { expectSound } from '../testing/invariants.ts';
import { libraryForTest, listenTo, play, replicaOf, START } from '../testing/library.ts';

const DAY = 86_400;
const OLD = START - 400 * DAY;
const PLAYS = [
  play({ playedAt: OLD, title: 'Bris', zone: 'Salon', source: 'roon', sourceKey: 'r1', durationSeconds: 200 }),
  play({ playedAt: OLD + 300, title: 'Lys', durationSeconds: 100 }),
  play({ playedAt: OLD + DAY, title: 'Bris', durationSeconds: 200 }),
];

const figures = (library: Parameters<typeof replicaOf>[0]): MonthlyRollup[] =>
  [...replicaOf(library)].filter(([key]) => key.startsWith('rollups:')).map(([, document]) => document as MonthlyRollup);
const journal = (library: Parameters<typeof replicaOf>[0]): string[] =>
  library.reads.listens({ page: 1, pageSize: 50 }).items.map(({ playedAt, track }) => `${playedAt} ${track.title}`).sort();

/** A library whose old plays were archived, and one that was brought back from its device. */
async function broughtBack() {
  const former = libraryForTest();
  former.library.scrobbles.record(PLAYS);
  listenTo(former.library, { playedAt: START - DAY, title: 'Ekko' });
  await former.library.archive.removeBefore(START - 300 * DAY, {});
  const fresh = libraryForTest();
  const replica = [...replicaOf(former.library)];
  for (const collection of ['household', 'artists', 'albums', 'journal', 'rollups'] satisfies CollectionName[]) {
    await fresh.library.rebuild.take(collection, replica.filter(([key]) => key.startsWith(`${collection}:`)).map(([, document]) => document), { life: 'former' });
  }
  expect(figures(fresh.library)).toMatchObject([{ listens: 3, sources: { lastfm: 2, roon: 1 }, zones: { Salon: 1 } }]);
  return { former, fresh };
}

describe('an archived play that is told of again in a library that was brought back', () => {
  test('leaves the figures that counted it, and is heard once', async () => {
    const { fresh } = await broughtBack();
    fresh.library.scrobbles.record(PLAYS.slice(0, 2));
    expect(journal(fresh.library)).toEqual([`${OLD} Bris`, `${OLD + 300} Lys`, `${START - DAY} Ekko`]);
    expect(figures(fresh.library)).toMatchObject([{ listens: 1, seconds: 200, sources: { lastfm: 1 }, zones: {} }]);
    fresh.library.scrobbles.record(PLAYS);
    expect(journal(fresh.library)).toEqual([`${OLD} Bris`, `${OLD + 300} Lys`, `${OLD + DAY} Bris`, `${START - DAY} Ekko`]);
    expect(figures(fresh.library)).toEqual([]);
    expectSound(fresh.library.file);
  });

  test('by another service than the one it was believed from, and by both', async () => {
    const { fresh } = await broughtBack();
    fresh.library.scrobbles.record([play({ playedAt: OLD, title: 'Bris' })]);
    fresh.library.scrobbles.record([PLAYS[0]!]);
    expect(journal(fresh.library)).toEqual([`${OLD} Bris`, `${START - DAY} Ekko`]);
    expect(figures(fresh.library)).toMatchObject([{ listens: 2, sources: { lastfm: 1, roon: 1 } }]);
  });

  test('by the archive’s own file; what is archived anew counts once', async () => {
    const { former, fresh } = await broughtBack();
    cpSync(join(former.folder, 'archive'), join(fresh.folder, 'archive'), { recursive: true });
    for (const { name } of await fresh.library.archive.list()) await fresh.library.archive.restore(name, {});
    expect(journal(fresh.library)).toHaveLength(4);
    expect(figures(fresh.library)).toEqual([]);
    await fresh.library.archive.removeBefore(START - 300 * DAY, {});
    expect(figures(fresh.library)).toEqual(figures(former.library));
    expectSound(fresh.library.file);
  });

  test('a play at another hour, or of another track, counts besides', async () => {
    const { fresh } = await broughtBack();
    fresh.library.scrobbles.record([play({ playedAt: OLD + 5 * 3600, title: 'Bris' }), play({ playedAt: OLD, title: 'Storm', source: 'import', sourceKey: 'i1' })]);
    expect(journal(fresh.library)).toHaveLength(3);
    expect(figures(fresh.library)).toMatchObject([{ listens: 3 }]);
  });
});
