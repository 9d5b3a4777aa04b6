import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../kit/clock.ts';
import { silentLog } from '../../kit/log.ts';
import type { Library } from '../api/library.ts';
import { openDatabase } from '../database/database.ts';
import { openLibrary } from '../openLibrary.ts';
import { migrate, migrations } from './migrate.ts';
import { expectSound } from '../testing/invariants.ts';
import { applied, play, replicaOf } from '../testing/library.ts';

const FIRST_SCHEMA = readFileSync(new URL('../testing/firstSchema.sql', import.meta.url), 'utf8');
const BEGAN = 1_709_323_200;
const PLAYLIST_ID = '55555555-5555-4555-8555-555555555555';

/** The kept library, brought to a schema by itself before today's version opens it. */
function upgradedFrom(schema: number): Library {
  const folder = mkdtempSync(join(tmpdir(), 'aime-upgrade-'));
  const options = { backupsDir: join(folder, 'backups'), clock: systemClock, log: silentLog };
  const db = openDatabase(join(folder, 'musique.db'));
  db.exec(FIRST_SCHEMA);
  migrate(db, { ...options, steps: migrations.filter(({ number }) => number <= schema) });
  // Where a library was is told by the file itself: what was written must stand in it.
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  const library = openLibrary({ ...options, file: db.file, timeZone: 'UTC' });
  onTestFinished(() => {
    library.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return library;
}

const whole = { page: 1, pageSize: 100 };

/** What a person sees of it. */
function seen({ reads, playlists, loves, settings }: Library) {
  return {
    counts: reads.counts(),
    artists: reads.artists(whole).items.map(({ id, name, plays }) => [id, name, plays]),
    albums: [1, 2, 3].map((id) => {
      const { title, year, rating, note, artists } = reads.album(id)!;
      return { title, year, rating, note, artists: artists.map(({ name }) => name) };
    }),
    listens: reads.listens(whole).items.map(({ id, playedAt, loved, note, source, track }) => ({
      id,
      playedAt,
      loved,
      note,
      source,
      of: track.title,
    })),
    loves: reads.tracks([2, 3, 4, 5, 6, 9]).map((track) => [track!.id, track!.title]),
    unsentLoves: loves.unsent().map(({ trackId, loved }) => [trackId, loved]),
    playlists: [playlists.get(PLAYLIST_ID)!.name, playlists.get(PLAYLIST_ID)!.entries],
    timeZone: settings.get('timeZone'),
  };
}

const SEEN = {
  counts: { artists: 4, albums: 3, owned: 1, tracks: 6, listens: 4, scrobbles: 7, playlists: 1 },
  artists: [
    [4, 'Nirvana', 0],
    [2, 'The Notwist', 1],
    [1, 'Sigur Rós', 2],
    [3, '椎名林檎', 1],
  ],
  albums: [
    { title: 'Ágætis Byrjun', year: 1999, rating: 5, note: 'Bought in Reykjavík.', artists: ['Sigur Rós'] },
    { title: 'Neon Golden', year: 2002, rating: 0, note: null, artists: ['The Notwist'] },
    { title: 'All of Us', year: 1968, rating: 3, note: null, artists: ['Nirvana'] },
  ],
  listens: [
    { id: 3, playedAt: BEGAN + 90_000, loved: false, note: null, source: 'manual', of: '正しい街' },
    { id: 2, playedAt: BEGAN + 4_000, loved: true, note: null, source: 'lastfm', of: 'Pick Up the Phone' },
    { id: 1, playedAt: BEGAN, loved: true, note: 'With the lights off.', source: 'roon', of: 'Svefn-g-englar' },
    { id: 4, playedAt: 1_108_290_000, loved: true, note: null, source: 'lastfm', of: 'Svefn-g-englar' },
  ],
  loves: [
    [2, 'Svefn-g-englar'],
    [3, 'Starálfur'],
    [4, 'Pick Up the Phone'],
    [5, '正しい街'],
    [6, 'Rainbow Chaser'],
    [2, 'Svefn-g-englar'],
  ],
  unsentLoves: [[2, true]],
  playlists: [
    'Evening',
    [
      { entry: 'a', trackId: 5, artist: '椎名林檎', title: '正しい街' },
      {
        entry: 'b',
        trackId: 2,
        artist: 'Sigur Rós',
        title: 'Svefn-g-englar',
        album: 'Ágætis Byrjun',
        reason: 'It begins softly.',
      },
    ],
  ],
  timeZone: 'Europe/Paris',
};

/** The first, those after which much is moved, and the last. */
const SCHEMAS = [1, 3, 5, 6, 10, 12, 15, 18, 20, migrations.at(-2)!.number];

it.each(SCHEMAS)('a library of schema %i is today’s: all that a person sees of it is there', async (schema) => {
  const library = upgradedFrom(schema);
  expect(seen(library)).toEqual(SEEN);
  await library.followUps.run({});
  expect(seen(library)).toEqual(SEEN);
  const { artists, tracks } = library.reads.search('林', 5);
  expect([artists.map(({ name }) => name), tracks.map(({ title }) => title)]).toEqual([['椎名林檎'], ['正しい街']]);
  expectSound(library.file);
});

it('what is reported to a library of the first schema afterwards is of the same things', async () => {
  const library = upgradedFrom(1);
  await library.followUps.run({});
  // Under a former name, another name, and another spelling.
  library.scrobbles.record([
    play({ artist: 'Notwist', album: 'Neon Golden', title: 'Pick up the phone', playedAt: BEGAN + 200_000 }),
    play({ artist: 'Sigur Ros', album: 'Agaetis Byrjun', title: 'Starálfur', playedAt: BEGAN + 201_000 }),
  ]);
  expect(library.reads.counts()).toEqual({ ...SEEN.counts, listens: 6, scrobbles: 9 });
  expect(applied(library, { kind: 'restore-listen', listenId: 5 })).toMatchObject({ state: 'applied' });
  expect(applied(library, { kind: 'split-artist', from: '7', into: '2' })).toMatchObject({ state: 'applied' });
  expect(applied(library, { kind: 'split-album', from: '8', into: '1' })).toMatchObject({ state: 'applied' });
  expect(library.reads.counts()).toMatchObject({ artists: 5, albums: 4, listens: 7 });
  await library.followUps.run({});
  expectSound(library.file);
});

it('devices hold the same of it, whichever versions it came by', async () => {
  const held = async (schema: number) => {
    const library = upgradedFrom(schema);
    await library.followUps.run({});
    return new Map([...replicaOf(library)].sort());
  };
  const first = await held(1);
  expect(first.size).toBeGreaterThan(10);
  for (const schema of [6, 12, 20]) expect(await held(schema)).toEqual(first);
});
