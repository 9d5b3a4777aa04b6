import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Library } from '../api/library.ts';
import { needsMigration } from '../migrations/migrateProcess.ts';
import { INDEX_VERSION, indexed } from '../search/searchIndex.ts';
import { expectSound } from '../testing/invariants.ts';
import { applied, libraryForTest, play, replicaOf, START, openIn } from '../testing/library.ts';
import { derivedKeys } from './index.ts';

const HEARD = [
  { artist: 'The Bakers', album: 'Élan', title: 'Crumb' },
  { artist: 'The Bakers', album: undefined, title: 'Loose' },
  { artist: '椎名林檎', album: '無罪モラトリアム', title: '正しい街' },
];

/** A library of which another version of every rule made the keys, closed. */
function ofEarlierRules() {
  const { library, folder } = libraryForTest();
  library.scrobbles.record(HEARD.map((names, at) => play({ ...names, playedAt: START + at * 600 })));
  library.close();
  change(
    library.file,
    `UPDATE artists SET name_key = 'was ' || id, sort_name = 'zz ' || id;
     UPDATE albums SET title_key = 'was ' || id; UPDATE tracks SET title_key = 'was ' || id;
     ${['artists', 'albums', 'tracks'].map((kind) => `UPDATE search_${kind} SET folded = 'was' || rowid`).join(';')};
     UPDATE derived_keys SET version = '0'`,
  );
  const open = () => {
    const opened = openIn(folder);
    onTestFinished(() => opened.close());
    return opened;
  };
  return { file: library.file, folder, open };
}

function change(file: string, sql: string): void {
  const db = new Libsql(file);
  db.exec(sql);
  db.close();
}

const progressIn = (file: string): Record<string, string[]> => {
  const db = new Libsql(file);
  const rows = db.prepare('SELECT name, version, target, step, done FROM derived_keys').raw().all() as string[][];
  db.close();
  return Object.fromEntries(rows.map(([name, ...rest]) => [name!, rest]));
};
const today = Object.fromEntries(Object.entries(derivedKeys).map(([name, version]) => [name, [version, null, 0, 0]]));

const found = ({ reads }: Library, q: string) => {
  const { artists, albums, tracks } = reads.search(q, 10);
  return [artists.map(({ name }) => name), albums.map(({ title }) => title), tracks.map(({ title }) => title).sort()];
};

/** What a person sees and finds. */
function expectRight(library: Library) {
  // Heard again, everything is found under its names, and nothing is made a second time.
  library.scrobbles.record(HEARD.map((names, at) => play({ ...names, playedAt: START + 90_000 + at * 600 })));
  expect(library.reads.counts()).toMatchObject({ artists: 2, albums: 2, tracks: 3, listens: 6 });
  expect(found(library, 'bakers')).toEqual([['The Bakers'], ['Élan'], ['Crumb', 'Loose']]);
  expect(found(library, '林檎')).toEqual([['椎名林檎'], ['無罪モラトリアム'], ['正しい街']]);
  const names = [...replicaOf(library)].flatMap(([key, document]) =>
    key.startsWith('artists:') ? [(document as { sortName: string }).sortName] : [],
  );
  expect(names.sort()).toEqual(['Bakers, The', '椎名林檎']);
  expectSound(library.file);
}

it('today’s rules made what a new library has', () => {
  const { library } = libraryForTest();
  expect(progressIn(library.file)).toEqual(today);
  expect(needsMigration(library.file)).toBe(false);
});

it('a library of earlier rules is made anew: what distinguishes things before it is served, the rest while it is', async () => {
  const { file, folder, open } = ofEarlierRules();
  expect(needsMigration(file)).toBe(true);
  const library = open();
  expect(progressIn(file)).toMatchObject({ identity: today['identity'], search: ['0', null, 0, 0] });
  expect(readdirSync(join(folder, 'backups'))).toEqual([expect.stringMatching(/^before-schema-keys-/)]);
  await library.followUps.run({});
  expect(progressIn(file)).toEqual(today);
  expectRight(library);
});

it('what is cut off before it is served goes on where it was', async () => {
  const { file, folder, open } = ofEarlierRules();
  change(
    file,
    "CREATE TRIGGER cut BEFORE UPDATE OF title_key ON tracks WHEN old.id = 2 BEGIN SELECT RAISE(ABORT, 'cut off'); END",
  );
  expect(open).toThrow('cut off');
  const [, target, step] = progressIn(file)['identity'] as unknown[];
  expect([target, step]).toEqual([derivedKeys.identity, 2]);
  change(file, 'DROP TRIGGER cut');
  const library = open();
  expect(readdirSync(join(folder, 'backups'))).toHaveLength(1);
  await library.followUps.run({});
  expectRight(library);
});

it('what is cut off while it is served goes on where it was, whichever slice it was at', async () => {
  for (let slices = 1, isWhole = false; !isWhole; slices += 1) {
    const { file, open } = ofEarlierRules();
    const library = open();
    const stop = new AbortController();
    let done = 0;
    await library.followUps
      .run({ signal: stop.signal, breathe: async () => void ((done += 1) === slices && stop.abort(new Error('cut'))) })
      .then(
        () => (isWhole = true),
        () => undefined,
      );
    library.close();
    const again = open();
    await again.followUps.run({});
    expect(progressIn(file)).toEqual(today);
    expectRight(again);
    again.close();
  }
});

it('a library that goes back to an earlier version of a rule while it is made anew is made anew by that', async () => {
  const { file, open } = ofEarlierRules();
  change(
    file,
    `UPDATE derived_keys SET version = '${derivedKeys.search}', target = 'later', step = 2, done = 1 WHERE name = 'search'`,
  );
  const library = open();
  await library.followUps.run({});
  expectRight(library);
});

describe('artists whom a new rule takes for one', () => {
  /** Two, of whom an earlier rule made two keys of what is one name today. */
  function twoSpellings(more: string) {
    const { file, open } = ofEarlierRules();
    change(file, `UPDATE artists SET name = 'THE BAKERS' WHERE name <> 'The Bakers'; ${more}`);
    return open();
  }
  const artists = (library: Library) =>
    library.reads.artists({ page: 1, pageSize: 10 }).items.map(({ name, plays }) => ({ name, plays }));

  it('become one, which can be taken back', async () => {
    const library = twoSpellings('');
    expect(artists(library)).toHaveLength(2);
    await library.followUps.run({});
    expect(artists(library)).toEqual([{ name: 'The Bakers', plays: 3 }]);
    expectSound(library.file);
    expect(applied(library, { kind: 'split-artist', from: '2', into: '1' })).toMatchObject({ state: 'applied' });
    await library.followUps.run({});
    expect(artists(library)).toHaveLength(2);
    expectSound(library.file);
  });

  it('stay two under one name where another service knows them as two', async () => {
    const library = twoSpellings("UPDATE artists SET discogs_id = 'd' || id");
    await library.followUps.run({});
    expect(artists(library)).toEqual([
      { name: 'The Bakers', plays: 2 },
      { name: 'THE BAKERS', plays: 1 },
    ]);
    expectSound(library.file);
  });
});

it('the names of signs alone are put into the index as its version always put them', () => {
  expect([INDEX_VERSION, ...['!!!', '₊˚', 'Björk & Co.', ''].map(indexed)]).toEqual([
    1,
    'sign212121',
    'signe2828acb9a',
    'bjork co',
    'sign',
  ]);
});
