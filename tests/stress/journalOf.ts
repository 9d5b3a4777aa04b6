import assert from 'node:assert/strict';
import { join } from 'node:path';
import { flawsOf } from '#server/library/testing/flaws.ts';
import type { RunningServer } from '#tests/kit/serverProcess.ts';

export interface HeardPlay {
  playedAt: number;
  title: string;
}

interface HistoryPage {
  items: { playedAt: number; track: { title: string } }[];
  pages: number;
  total: number;
}

/** Every listen the server lists, newest first, read page by page. */
export async function journalOf(server: RunningServer): Promise<HeardPlay[]> {
  const listens: HeardPlay[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const answer = await server.get<HistoryPage>(`/history/tracks?page=${page}&pageSize=200`);
    pages = answer.pages;
    listens.push(...answer.items.map(({ playedAt, track }) => ({ playedAt, title: track.title })));
  }
  return listens;
}

export const totalOf = async (server: RunningServer): Promise<number> =>
  (await server.get<HistoryPage>('/history/tracks?pageSize=1')).total;

/** Nothing lost, nothing doubled, nothing besides. @throws naming what differs. */
export function sameListens(listens: readonly HeardPlay[], plays: readonly HeardPlay[]): void {
  const here = counted(listens);
  const there = counted(plays);
  const lost = [...there].filter(([key, times]) => (here.get(key) ?? 0) < times).map(([key]) => key);
  const tooMany = [...here].filter(([key, times]) => (there.get(key) ?? 0) < times).map(([key]) => key);
  assert.deepEqual(
    { lost: lost.length, tooMany: tooMany.length, first: [...lost.slice(0, 3), ...tooMany.slice(0, 3)] },
    { lost: 0, tooMany: 0, first: [] },
  );
}

/** The artist is left out: what a service credits as one name ("A feat. B") is two artists here. */
const keyOf = ({ playedAt, title }: HeardPlay): string => `${playedAt}|${title}`;

function counted(plays: readonly HeardPlay[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const play of plays) counts.set(keyOf(play), (counts.get(keyOf(play)) ?? 0) + 1);
  return counts;
}

/** Stops the server and looks at its file from the outside. @throws naming the rules that are broken. */
export async function stopsSound(server: RunningServer): Promise<void> {
  assert.equal(await server.stop(), 0, `The server did not end in order:\n${server.output().slice(-2_000)}`);
  assert.deepEqual(flawsOf(join(server.dataDir, 'musique.db')).slice(0, 5), []);
}
