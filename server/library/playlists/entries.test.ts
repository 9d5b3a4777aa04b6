import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { systemClock } from '../../kit/clock.ts';
import { silentLog } from '../../kit/log.ts';
import { openDatabase } from '../database/database.ts';
import { openLibrary } from '../openLibrary.ts';
import { migrate, migrations } from '../migrations/migrate.ts';
import {
  Device,
  libraryForTest,
  listenTo,
  newUuid,
  play,
  START,
  openIn,
  playlistDocument,
} from '../testing/library.ts';

const names = { artist: 'Nils Økland', title: 'Bris', album: 'Lysøen' };

function playlistOf(entries: PlaylistDocument['entries']): PlaylistDocument {
  return playlistDocument({ name: 'Evening', entries });
}

describe('an entry of a playlist', () => {
  it('whose track is unknown is kept as text and joins its track when that is heard, on every device', () => {
    const { library } = libraryForTest();
    const device = new Device();
    const put = playlistOf([{ entry: 'a', trackId: 77, ...names, reason: 'calm' }]);
    library.playlists.put(put);
    device.sync(library);
    expect(device.documents.get(`playlists:${put.id}`)).toEqual({
      ...put,
      entries: [{ ...put.entries[0], trackId: null }],
    });

    listenTo(library, { playedAt: START + 1, artist: 'Somebody Else', title: 'Bris', album: 'Other' });
    expect(library.playlists.get(put.id)!.entries[0]!.trackId).toBeNull();

    const listen = listenTo(library, { playedAt: START + 500, ...names });
    device.sync(library);
    const trackId = library.reads.listen(listen)!.track.id;
    expect(device.documents.get(`playlists:${put.id}`)).toEqual({ ...put, entries: [{ ...put.entries[0], trackId }] });
  });

  it('joins its track when the record comes onto the shelf', () => {
    const { library } = libraryForTest();
    const put = playlistOf([{ entry: 'a', trackId: null, artist: 'Ada Nordlund', title: 'Low Water', album: 'Tides' }]);
    library.playlists.put(put);
    const outcome = library.mutations.apply([
      {
        id: newUuid(),
        deviceId: newUuid(),
        number: 1,
        madeAt: START * 1000,
        intent: {
          kind: 'add-record',
          alias: newUuid(),
          title: 'Tides',
          artists: ['Ada Nordlund'],
          year: 1980,
          support: 'Vinyl',
          tracks: ['Low Water'],
        },
      },
    ]);
    expect(outcome[0]!.verdict).toMatchObject({ state: 'applied' });
    expect(library.playlists.get(put.id)!.entries[0]!.trackId).toEqual(expect.any(Number));
  });

  it('finds its track by its text where the id is another’s, and is never given to that one', () => {
    const { library } = libraryForTest();
    const other = library.reads.listen(listenTo(library, { artist: 'Somebody Else', title: 'Storm', album: 'Other' }))!
      .track.id;
    const meant = library.reads.listen(listenTo(library, { playedAt: START + 900, ...names }))!.track.id;
    const put = playlistOf([
      { entry: 'a', trackId: other, ...names },
      { entry: 'b', trackId: other, artist: 'Ulla Brandt', title: 'Lost Song' },
      { entry: 'c', trackId: other, artist: 'Somebody Else', title: 'Storm (spelt otherwise)' },
    ]);
    library.playlists.put(put);
    expect(library.playlists.get(put.id)!.entries.map(({ trackId }) => trackId)).toEqual([meant, null, other]);
  });

  it('has as text what a device gave by id alone, and keeps its place and text when its track goes', () => {
    const { library, folder } = libraryForTest();
    const device = new Device();
    const trackId = library.reads.listen(listenTo(library, names))!.track.id;
    const put = playlistOf([
      { entry: 'a', trackId },
      { entry: 'b', trackId: 99 },
    ]);
    library.playlists.put(put);
    device.sync(library);
    const named = { entry: 'a', trackId, ...names };
    expect(device.documents.get(`playlists:${put.id}`)).toMatchObject({
      entries: [named, { entry: 'b', trackId: null }],
    });
    library.close();

    const db = openDatabase(join(folder, 'musique.db'));
    const table = 'tracks';
    db.run(`DELETE FROM ${table} WHERE id = ?`, trackId);
    db.close();
    const again = openIn(folder);
    again.atomically(() => undefined);
    expect(again.playlists.get(put.id)!.entries).toEqual([
      { ...named, trackId: null },
      { entry: 'b', trackId: null },
    ]);
    device.sync(again);
    expect(device.documents.get(`playlists:${put.id}`)).toMatchObject({
      entries: [
        { ...named, trackId: null },
        { entry: 'b', trackId: null },
      ],
    });
    const back = again.scrobbles.record([play({ playedAt: START + 90_000, ...names })])[0]!.listenId!;
    expect(again.playlists.get(put.id)!.entries[0]).toEqual({ ...named, trackId: again.reads.listen(back)!.track.id });
    again.close();
  });
});

describe('playlists of an earlier version', () => {
  it('gain the text of their tracks, and every device pulls them again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'aime-entries-'));
    const file = join(folder, 'musique.db');
    const options = { backupsDir: join(folder, 'backups'), clock: systemClock, log: silentLog };
    const db = openDatabase(file);
    migrate(db, { ...options, steps: migrations.filter(({ number }) => number < 6) });
    db.exec(`
      INSERT INTO library_state (only, epoch, last_seq) VALUES (1, '00000000-0000-4000-8000-000000000009', 20);
      INSERT INTO artists (id, name, name_key, sort_name, created_at, updated_at) VALUES (1, 'Nils Økland (2)', 'k', 'a', '', ''), (2, 'Sigbjørn Apeland', 'l', 'b', '', '');
      INSERT INTO albums (id, title, title_key, created_at, updated_at) VALUES (1, 'Lysøen', 'm', '', '');
      INSERT INTO album_artist (album_id, artist_id, position) VALUES (1, 1, 0), (1, 2, 1);
      INSERT INTO tracks (id, album_id, title, title_key, created_at, updated_at) VALUES (5, 1, 'Bris', 'n', '', '');
      INSERT INTO playlists (id, uid, name, track_count, created_at, updated_at) VALUES (1, '00000000-0000-4000-8000-000000000001', 'Evening', 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
      INSERT INTO playlist_tracks (playlist_id, track_id, position, entry, created_at) VALUES (1, 5, 0, 'a', '');
      INSERT INTO change_feed (collection, document_id, seq, deleted) VALUES ('playlists', '00000000-0000-4000-8000-000000000001', 7, 0);`);
    db.close();
    const library = openLibrary({ file, ...options, timeZone: 'UTC' });
    const { documents, seq } = library.feed.pull('playlists', 20, 10);
    expect(documents).toMatchObject([
      {
        entries: [{ entry: 'a', trackId: 5, artist: 'Nils Økland, Sigbjørn Apeland', title: 'Bris', album: 'Lysøen' }],
      },
    ]);
    expect(seq).toBeGreaterThan(20);
    library.close();
    rmSync(folder, { recursive: true });
  });
});
