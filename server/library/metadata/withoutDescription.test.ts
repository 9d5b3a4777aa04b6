import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { ALBUMS_WITHOUT_DESCRIPTION } from './facts.ts';
import { libraryForTest, listenTo } from '../testing/library.ts';

const albumText = { haiku: 'h', summary: 's', film: null, model: 'm', language: 'en', promptVersion: 1 };

test('albums that wait for a description are counted: those without any in the language, owned ones for themselves', () => {
  const { library } = libraryForTest();
  for (const [at, album] of ['One', 'Two', 'Three'].entries())
    listenTo(library, { album, playedAt: 1_700_000_000 + at * 1_000 });
  const task = (id: number) => ({ kind: 'words', subject: `album:${id}`, upstream: 'euria', priority: 1 });
  expect([library.facts.withoutAlbumText('fr'), library.facts.hasAlbumsWithoutDescription('fr')]).toEqual([
    { owned: 0, others: 0 },
    false,
  ]);
  library.queue.add([task(1), task(2), task(3), { ...task(1), kind: 'spotify-album', upstream: 'spotify' }, task(99)]);
  library.facts.saveAlbumText(2, albumText);
  expect([library.facts.withoutAlbumText('fr'), library.facts.withoutAlbumText('en')]).toEqual([
    { owned: 0, others: 3 },
    { owned: 0, others: 2 },
  ]);
  const taken = library.queue.take('euria', 1_800_000_000)!;
  library.queue.done(taken.id);
  expect(library.facts.withoutAlbumText('fr')).toEqual({ owned: 0, others: 2 });
  expect(library.facts.hasAlbumsWithoutDescription('fr')).toBe(true);
});

test('they are counted from the queue to the albums, never each album against the whole queue', () => {
  const { folder, close } = libraryForTest();
  const db = new Libsql(join(folder, 'musique.db'));
  const steps = (
    db.prepare(`EXPLAIN QUERY PLAN SELECT count(*) FROM ${ALBUMS_WITHOUT_DESCRIPTION}`).all('fr') as {
      detail: string;
    }[]
  ).map(({ detail }) => detail);
  db.close();
  close();
  expect(steps[0]).toMatch(/^SEARCH enrichment_queue USING INDEX \w+ \(upstream=\? AND state=\?\)/);
  expect(steps[1]).toMatch(/^SEARCH albums USING INTEGER PRIMARY KEY/);
});
