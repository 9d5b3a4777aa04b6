import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, it } from 'vitest';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { RevisionsDocument } from '#shared/library/revision.ts';
import { systemClock } from '../kit/clock.ts';
import { silentLog } from '../kit/log.ts';
import type { Library } from './contract.ts';
import { openLibrary } from './index.ts';
import { migrations } from './migrate.ts';
import { expectSound } from './testing/invariants.ts';
import { applied, DEVICE, Device, intentOf, libraryForTest, listenTo, newUuid, replicaOf, START } from './testing/library.ts';

const FAR = 2 ** 45;
const TABLES = ['artists', 'albums', 'tracks', 'listening_history', 'images', 'scrobbles'];

/** Leaves the file as an earlier version would have: with sequences that somebody raised. */
function raised(file: string, schema?: number): void {
  const db = new Libsql(file);
  for (const table of TABLES) {
    db.exec(`INSERT INTO sqlite_sequence (name, seq) SELECT '${table}', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = '${table}'); UPDATE sqlite_sequence SET seq = ${FAR} WHERE name = '${table}'`);
  }
  if (schema !== undefined) db.exec(`DROP TABLE playlist_writes; PRAGMA user_version = ${schema}`);
  db.close();
}

/** What a person sees of it: names and moments, never ids. */
function told(library: Library): unknown {
  const albums = library.reads.albums({ page: 1, pageSize: 50 }).items.map(({ title, artists, rating }) => [title, artists.map(({ name }) => name), rating]).sort();
  const listens = library.reads.listens({ page: 1, pageSize: 50 }).items.map(({ track, album, playedAt, note }) => [track.title, album?.title, playedAt, note]);
  const replica = replicaOf(library);
  const held = <D>(name: string) => [...replica].flatMap(([key, document]) => (key.startsWith(`${name}:`) ? [document as D] : []));
  const documents = held<AlbumDocument>('albums').map(({ id, title, note, tracks }) => {
    const history = replica.get(`revisions:album-note:${id}`) as RevisionsDocument | undefined;
    return [title, note, tracks.filter(({ loved }) => loved).map((track) => track.title), history?.revisions.map(({ text }) => text)];
  });
  const playlists = held<PlaylistDocument>('playlists').map(({ entries }) => entries.map(({ title, trackId }) => [title, trackId !== null]));
  return { albums, listens, documents: documents.sort(), playlists };
}

function reopened(folder: string): Library {
  return openLibrary({ file: join(folder, 'musique.db'), backupsDir: join(folder, 'backups'), clock: systemClock, log: silentLog, timeZone: 'Europe/Paris' });
}

const before = migrations.findLast(({ number }) => number < 13)!.number;

it('a library whose ids somebody raised too far has them in the bound again, with all that names them; its devices come along', () => {
  const { library, folder } = libraryForTest();
  listenTo(library, { playedAt: START });
  const device = new Device();
  raised(library.file);
  const far = listenTo(library, { playedAt: START + 900, artist: 'Far Artist', album: 'Far Album', title: 'Far Song' });
  const gone = listenTo(library, { playedAt: START + 1_800, artist: 'Far Artist', album: 'Far Album', title: 'Gone Song' });
  const { track, album } = library.reads.listen(far)!;
  applied(library, { kind: 'love-track', trackId: track.id, loved: true });
  for (const note of ['first', 'second']) applied(library, { kind: 'note-album', albumId: String(album!.id), note });
  applied(library, { kind: 'rate-album', albumId: String(album!.id), rating: 4 });
  applied(library, { kind: 'note-listen', listenId: far, note: 'loud' });
  applied(library, { kind: 'delete-listen', listenId: gone });
  library.playlists.put({ id: newUuid(), name: 'Mine', algorithm: null, aiPrompt: null, createdAt: START, updatedAt: START, entries: [{ entry: newUuid(), trackId: track.id, artist: 'Far Artist', title: 'Far Song', album: 'Far Album' }] } as never);
  device.sync(library);
  const seen = told(library);
  expect(JSON.stringify(seen)).toMatch(/Far Album.*Far Song.*first.*Far Song/);
  library.close();
  raised(library.file, before);

  const mended = reopened(folder);
  expectSound(mended.file);
  expect(told(mended)).toEqual(seen);
  device.sync(mended);
  expect(new Map([...device.documents].sort())).toEqual(new Map([...replicaOf(mended)].sort()));
  const ids = JSON.stringify([...device.documents].filter(([key]) => !key.startsWith('intents:'))).match(/\d{13,}/g) ?? [];
  expect(ids.filter((id) => Number(id) >= FAR)).toEqual([]);
  // What a device says of it by its former id is still done to it.
  expect(mended.intents.apply([intentOf({ kind: 'restore-listen', listenId: gone }, { deviceId: DEVICE })])[0]!.verdict).toMatchObject({ state: 'applied' });
  const next = listenTo(mended, { playedAt: START + 9_000, title: 'Newcomer' });
  expect(next).toBeGreaterThan(1_000_000);
  expect(next).toBeLessThan(2_100_000);
  mended.close();
  expectSound(mended.file);
});

it('a library of which nothing has such an id yet gives the next one near those it has', () => {
  const { library, folder } = libraryForTest();
  const id = listenTo(library);
  library.close();
  raised(library.file, before);
  const mended = reopened(folder);
  const next = listenTo(mended, { playedAt: START + 9_000, title: 'Newcomer' });
  expect(next).toBeGreaterThan(id + 1_000_000);
  expect(next).toBeLessThan(1_100_000);
  expect(mended.feed.pull('journal', 0, 10).documents).toMatchObject([{ n: 2 }]);
  mended.close();
  expectSound(mended.file);
});
