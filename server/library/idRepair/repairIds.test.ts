import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, it } from 'vitest';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { RevisionsDocument } from '#shared/library/revision.ts';
import type { Library } from '../api/library.ts';
import {
  COLUMNS,
  DOCUMENTS,
  ARCHIVED_OWNER,
  UNCHANGED,
  KINDS,
  WATERMARKS,
  MUTATIONS,
  SUBJECTS,
  PLACES_BY_KIND,
} from './idPlaces.ts';
import { migrations } from '../migrations/migrate.ts';
import { asOfSchema } from '../testing/earlierFile.ts';
import { expectSound } from '../testing/invariants.ts';
import {
  applied,
  DEVICE,
  Device,
  mutationOf,
  libraryForTest,
  listenTo,
  newUuid,
  replicaOf,
  START,
  playlistDocument,
  openIn,
} from '../testing/library.ts';

const FAR = 2 ** 45;

/** Leaves the file as an earlier version would have: with sequences that somebody raised. */
function raised(file: string, schema?: number): void {
  const db = new Libsql(file);
  for (const table of KINDS) {
    db.exec(
      `INSERT INTO sqlite_sequence (name, seq) SELECT '${table}', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = '${table}'); UPDATE sqlite_sequence SET seq = ${FAR} WHERE name = '${table}'`,
    );
  }
  db.close();
  if (schema !== undefined) asOfSchema(file, schema);
}

/** What a person sees of it: names and moments, never ids. */
function snapshotOf(library: Library): unknown {
  const albums = library.reads
    .albums({ page: 1, pageSize: 50 })
    .items.map(({ title, artists, rating }) => [title, artists.map(({ name }) => name), rating])
    .sort();
  const listens = library.reads
    .listens({ page: 1, pageSize: 50 })
    .items.map(({ track, album, playedAt, note }) => [track.title, album?.title, playedAt, note]);
  const replica = replicaOf(library);
  const held = <D>(name: string) =>
    [...replica].flatMap(([key, document]) => (key.startsWith(`${name}:`) ? [document as D] : []));
  const documents = held<AlbumDocument>('albums').map(({ id, title, note, tracks }) => {
    const history = replica.get(`revisions:album-note:${id}`) as RevisionsDocument | undefined;
    return [
      title,
      note,
      tracks.filter(({ loved }) => loved).map((track) => track.title),
      history?.revisions.map(({ text }) => text),
    ];
  });
  const playlists = held<PlaylistDocument>('playlists').map(({ entries }) =>
    entries.map(({ title, trackId }) => [title, trackId !== null]),
  );
  return { albums, listens, documents: documents.sort(), playlists };
}

function reopened(folder: string): Library {
  return openIn(folder, { timeZone: 'Europe/Paris' });
}

const before13 = migrations.findLast(({ number }) => number < 13)!.number;

it('a library whose ids somebody raised too far has them in the bound again, with all that names them; its devices come along', () => {
  const { library, folder } = libraryForTest();
  listenTo(library, { playedAt: START });
  const device = new Device();
  raised(library.file);
  const far = listenTo(library, { playedAt: START + 900, artist: 'Far Artist', album: 'Far Album', title: 'Far Song' });
  const gone = listenTo(library, {
    playedAt: START + 1_800,
    artist: 'Far Artist',
    album: 'Far Album',
    title: 'Gone Song',
  });
  const { track, album } = library.reads.listen(far)!;
  applied(library, { kind: 'love-track', trackId: track.id, loved: true });
  for (const note of ['first', 'second']) applied(library, { kind: 'note-album', albumId: String(album!.id), note });
  applied(library, { kind: 'rate-album', albumId: String(album!.id), rating: 4 });
  applied(library, { kind: 'note-listen', listenId: far, note: 'loud' });
  applied(library, { kind: 'delete-listen', listenId: gone });
  library.playlists.put(
    playlistDocument({
      name: 'Mine',
      entries: [{ entry: newUuid(), trackId: track.id, artist: 'Far Artist', title: 'Far Song', album: 'Far Album' }],
    }),
  );
  device.sync(library);
  const seen = snapshotOf(library);
  expect(JSON.stringify(seen)).toMatch(/Far Album.*Far Song.*first.*Far Song/);
  library.close();
  raised(library.file, before13);

  const mended = reopened(folder);
  expectSound(mended.file);
  expect(snapshotOf(mended)).toEqual(seen);
  device.sync(mended);
  expect(new Map([...device.documents].sort())).toEqual(new Map([...replicaOf(mended)].sort()));
  const ids =
    JSON.stringify([...device.documents].filter(([key]) => !key.startsWith('intents:'))).match(/\d{13,}/g) ?? [];
  expect(ids.filter((id) => Number(id) >= FAR)).toEqual([]);
  // What a device says of it by its former id is still done to it.
  expect(
    mended.mutations.apply([mutationOf({ kind: 'restore-listen', listenId: gone }, { deviceId: DEVICE })])[0]!.verdict,
  ).toMatchObject({ state: 'applied' });
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
  raised(library.file, before13);
  const mended = reopened(folder);
  const next = listenTo(mended, { playedAt: START + 9_000, title: 'Newcomer' });
  expect(next).toBeGreaterThan(id + 1_000_000);
  expect(next).toBeLessThan(1_100_000);
  expect(mended.feed.pull('journal', 0, 10).documents).toMatchObject([{ n: 2 }]);
  mended.close();
  expectSound(mended.file);
});

const opened = <T>(file: string, work: (db: Libsql.Database) => T): T => {
  const db = new Libsql(file);
  try {
    return work(db);
  } finally {
    db.close();
  }
};

type Column = [table: string, column: string];

const columnsOf = (file: string): Column[] =>
  opened(file, (db) =>
    (
      db
        .prepare(
          `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
        )
        .all() as { name: string }[]
    ).flatMap(({ name }) =>
      (db.prepare(`SELECT name AS column FROM pragma_table_info(?)`).all(name) as { column: string }[]).map(
        ({ column }): Column => [name, column],
      ),
    ),
  );

/** Columns that hold no such id, nor a mark of them. */
const WITHOUT: Record<string, string> = {
  album_apart: 'one created_at',
  album_artist: 'position credited_as join_phrase',
  album_merges: 'title title_key artist_key by_hand reason created_at discogs_id nth',
  albums:
    'title title_key year support discogs_id spotify_url discogs_url master_id mbid genres styles formats wanted want_pass rating note lent_hue lent_chroma uid by_hand details_at created_at updated_at',
  archived_listens: 'file timestamp source zone',
  artist_aliases: 'name_key name created_at discogs_id nth',
  artists: 'name name_key sort_name spotify_id lastfm_url discogs_id mbid created_at updated_at',
  change_feed: 'collection seq deleted',
  copies: 'instance_id folder_id date_added rating notes format source seen_in_pass created_at updated_at',
  deleted_listens: 'deleted_at',
  devices: 'id name user_agent first_seen last_seen last_seq',
  discogs_fields: 'id name position',
  discogs_folders: 'id name',
  enrichment_queue: 'id kind upstream priority state attempts next_try_at reason created_at updated_at',
  epochs: 'epoch parent cause begun_at',
  derived_keys: 'name version target step',
  follow_ups: 'kind',
  former_ids: 'kind',
  given_plays: 'month',
  images: 'url image_type source width height state checked_at created_at lent_hue lent_chroma',
  intents: 'id device_id number made_at applied_at epoch days_kept',
  job_runs: 'id job_id started_at ended_at outcome summary error trigger',
  jobs: 'id schedule enabled due_at state',
  journal_pages: 'id month number listens',
  last_words: 'device_id number made_at',
  library_state: 'only epoch last_seq library_id opening words_since',
  listening_history:
    'timestamp date loved source zone ended_at listened_seconds witnesses note gone_upstream page created_at',
  metadata: 'id ai_info resume labels film_title film_year film_director created_at updated_at',
  past_intents: 'id outdone',
  playlist_entries_due: 'entry_id',
  playlist_tracks: 'id playlist_id position entry artist title album name_key reason created_at',
  playlist_writes: 'uid device_id epoch deleted states push',
  playlists:
    'id uid name algorithm ai_prompt options track_count state failure deleted_at created_at updated_at named_by deleted_by',
  rebuilt_ids: 'life kind',
  rebuilt_listens: 'life',
  restored_listens: 'month restored_at',
  revisions: 'id uid text rating device_id written_at why created_at',
  rollups: 'id updated_at',
  scrobbles:
    'source played_at ended_at listened_seconds artist album_artist title album duration_seconds artist_mbid track_mbid album_mbid zone state gone_upstream reasons corrected_from recorded_at rebuilt',
  service_states: 'service updated_at',
  set_aside: 'id service list reason entry_key at raw whole reader first_seen_at seen_at',
  settings: 'key value updated_at',
  told_scrobbles: 'outcome code reason noted_at',
  turntable_sessions: 'id started_at moves state',
  track_artist: 'position credited_as join_phrase',
  tracks:
    'title title_key track_number position kind duration_seconds loved loved_upstream loved_at mbid plays first_played_at last_played_at created_at updated_at',
  waiting_documents: 'life collection',
  witness_decisions: 'one other verdict created_at',
};

const LISTED = new Set<string>([
  ...Object.values(COLUMNS).flat(),
  ...PLACES_BY_KIND.map(([place]) => place),
  ARCHIVED_OWNER,
  ...SUBJECTS.map(([place]) => place),
  ...DOCUMENTS,
  ...MUTATIONS,
  ...Object.keys(UNCHANGED),
  'service_states.state',
]);

it('of every column it is said whether it holds such ids', () => {
  const { library } = libraryForTest();
  const without = new Set(
    Object.entries(WITHOUT).flatMap(([table, names]) => names.split(' ').map((name) => `${table}.${name}`)),
  );
  const columns = columnsOf(library.file).map(([table, column]) => `${table}.${column}`);
  expect(columns.filter((place) => LISTED.has(place) === without.has(place))).toEqual([]);
  expect([...LISTED, ...without].filter((place) => !columns.includes(place))).toEqual([]);
});

/** Who keeps a state of a service, and whether ids are in it. */
const STATES: Record<string, boolean> = {
  'modules/ageing.ts': false,
  'modules/enrichment/workers.ts': false,
  'modules/euria.ts': false,
  'enrichment/discogsImport/discogsImport.ts': false,
  'enrichment/newEntities.ts': true,
  'jobs/archiveRestores.ts': false,
  'library/backup/health.ts': false,
  'library/archive/retention.ts': false,
  'outbox/lastfm/scrobbleSubmitter.ts': true,
  'recovery/rebuilding.ts': false,
  'trackers/lastfm/backfill.ts': false,
  'trackers/lastfm/trackerState.ts': false,
  'trackers/roon/listeningJournal.ts': false,
  'trackers/roon/tracker.ts': false,
};

it('of every state that a service keeps it is said whether it holds such ids', () => {
  const sources = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const files = sources.filter((file) =>
    /states\.set\(|new ResumableRun/i.test(readFileSync(join('server', file), 'utf8')),
  );
  expect(files.map((file) => file.replaceAll('\\', '/')).sort()).toEqual(Object.keys(STATES).sort());
  const marked = Object.entries(STATES)
    .filter(([, holds]) => holds)
    .map(([file]) => readFileSync(join('server', file), 'utf8'));
  for (const [service] of WATERMARKS) expect(marked.filter((text) => text.includes(`'${service}'`))).toHaveLength(1);
});

/** Every text or number in which such an id stands, by its place. */
function farIn(file: string): Map<string, string[]> {
  return opened(file, (db) => {
    const found = columnsOf(file).map(([table, column]): [string, string[]] => {
      const rows = db
        .prepare(
          `SELECT CAST(${column} AS TEXT) AS text FROM ${table} WHERE ${column} LIKE '%${String(FAR).slice(0, 10)}%'`,
        )
        .all() as { text: string }[];
      return [`${table}.${column}`, rows.map(({ text }) => text)];
    });
    return new Map(found.filter(([, texts]) => texts.length > 0));
  });
}

it('no place keeps such an id', () => {
  const { library, folder } = libraryForTest();
  listenTo(library, { playedAt: START - 90_000 });
  raised(library.file);
  const plays = ['a', 'b'].flatMap((title, index) =>
    ['Far One', 'Far Two'].map((album, other) =>
      listenTo(library, { playedAt: START + (index * 2 + other) * 900, artist: `By ${album}`, album, title }),
    ),
  );
  const named = (name: string) =>
    library.reads.albums({ page: 1, pageSize: 50 }).items.find(({ title }) => title === name)!;
  const [one, two] = [named('Far One'), named('Far Two')];
  const [albumId, artistId] = [String(one.id), String(one.artists[0]!.id)];
  const { track } = library.reads.listen(plays[0]!)!;
  listenTo(library, { playedAt: START + 60_000, artist: 'Far Guest', album: undefined, title: 'Alone' });
  opened(library.file, (db) =>
    db.exec(
      `INSERT INTO images (url, image_type, source, artist_id, created_at) VALUES ('https://x.test/2.jpg', 'artist', 'discogs', ${artistId}, '')`,
    ),
  );
  opened(library.file, (db) =>
    db.exec(
      `INSERT INTO images (url, image_type, source, album_id, created_at) VALUES ('https://x.test/1.jpg', 'album', 'discogs', ${one.id}, '')`,
    ),
  );
  const imageId = Number(
    opened(library.file, (db) => db.prepare('SELECT max(id) AS id FROM images').get() as { id: number }).id,
  );
  applied(library, { kind: 'choose-cover', albumId, imageId });
  applied(library, { kind: 'love-track', trackId: track.id, loved: true });
  applied(library, { kind: 'rate-album', albumId, rating: 4 });
  for (const note of ['first', 'second']) {
    applied(library, { kind: 'note-album', albumId, note });
    applied(library, { kind: 'note-listen', listenId: plays[0]!, note });
  }
  applied(library, { kind: 'delete-listen', listenId: plays[3]! });
  applied(library, { kind: 'delete-listen', listenId: plays[1]! });
  applied(library, { kind: 'restore-listen', listenId: plays[1]! });
  applied(library, {
    kind: 'add-record',
    alias: newUuid(),
    title: 'Written',
    artists: ['Far Writer'],
    support: null,
    year: null,
  });
  applied(library, {
    kind: 'add-listens',
    group: newUuid(),
    playedAt: START + 40_000,
    tracks: [{ trackId: track.id }],
  });
  const others = [
    listenTo(library, { playedAt: START + 50_000, artist: 'By Far One', album: 'Far One', title: 'c' }),
    listenTo(library, { source: 'roon', playedAt: START + 50_100, artist: 'By Far One', album: 'Far One', title: 'd' }),
  ];
  applied(library, { kind: 'merge-listens', listenIds: others });
  applied(library, { kind: 'merge-artists', from: String(two.artists[0]!.id), into: artistId });
  applied(library, { kind: 'merge-albums', from: String(two.id), into: albumId });
  library.playlists.put(
    playlistDocument({
      name: 'Mine',
      entries: [{ entry: newUuid(), trackId: track.id }],
    }),
  );
  library.mutations.apply([
    {
      ...mutationOf({ kind: 'rate-album', albumId, rating: 3 }),
      epoch: library.feed.epoch,
      targets: [{ kind: 'album', id: albumId, title: 'Far One', artist: 'By Far One' }],
    },
  ]);
  const [listenId, scrobbleId] = [
    plays[0]!,
    Number(opened(library.file, (db) => db.prepare('SELECT max(id) AS id FROM scrobbles').get() as { id: number }).id),
  ];
  library.close();
  const figures = JSON.stringify({
    id: '2020-01',
    tracks: [[track.id, 1]],
    albums: [[one.id, 1]],
    artists: [[one.artists[0]!.id, 1]],
  });
  opened(library.file, (db) =>
    db.exec(`
      INSERT INTO told_scrobbles (scrobble_id, outcome, noted_at) VALUES (${scrobbleId}, 'taken', 1);
      INSERT INTO metadata (album_id, created_at, updated_at) VALUES (${one.id}, '', '');
      INSERT INTO album_apart (one, other, created_at) VALUES ('x', ${one.id}, '');
      INSERT INTO enrichment_queue (kind, subject, upstream, created_at, updated_at) VALUES ('words', 'album:${one.id}', 'euria', 1, 1), ('spotify-artist', 'artist:${artistId}', 'spotify', 1, 1);
      INSERT INTO archived_listens (listen_id, file, track_id, holder, timestamp, source) VALUES (7, 'f', ${track.id}, ${one.id}, 1, 'lastfm'), (8, 'f', ${track.id}, -${artistId}, 1, 'lastfm');
      INSERT INTO rollups (id, document, base, updated_at) VALUES ('2020-01', '${figures}', '${figures}', '');
      INSERT INTO rebuilt_ids (life, kind, theirs, ours) VALUES ('l', 'album', 1, ${one.id}), ('l', 'artist', 1, ${artistId}), ('l', 'track', 1, ${track.id});
      INSERT INTO rebuilt_listens (life, theirs, ours) VALUES ('l', 1, ${listenId});
      UPDATE scrobbles SET track_id = ${track.id} WHERE id = ${scrobbleId};
      INSERT INTO intents (id, device_id, number, made_at, intent, verdict, subject, applied_at) VALUES
        ('${newUuid()}', '${DEVICE}', 1, 1, '{"kind":"split-artist","from":"${artistId}","into":"${artistId}"}', '{"state":"applied","at":1,"appliedSeq":1,"created":"${artistId}"}', 'love:${track.id}', 1);
      INSERT INTO service_states (service, state, updated_at) VALUES ('enrichment-newcomers', '{"albums":${FAR + 900},"artists":${FAR + 900}}', ''), ('lastfm-manual-scrobbles', '{"mark":${FAR + 900}}', '');
    `),
  );
  // Each place of the list holds one, or this would show nothing.
  const before = farIn(library.file);
  expect([...LISTED].filter((place) => !(place in UNCHANGED) && !before.has(place))).toEqual([]);
  for (const [place, word] of SUBJECTS)
    expect(before.get(place)!.filter((text) => text.startsWith(`${word}:${String(FAR).slice(0, 10)}`))).not.toEqual([]);

  raised(library.file, before13);
  reopened(folder).close();
  expect([...farIn(library.file).keys()].filter((place) => !(place in UNCHANGED))).toEqual([]);
  opened(library.file, (db) =>
    db.exec(
      `DELETE FROM told_scrobbles; DELETE FROM archived_listens; DELETE FROM rollups; DELETE FROM change_feed WHERE collection = 'rollups'`,
    ),
  );
  expectSound(library.file);
});

/** What is still to be done of what services do once for each thing. */
function due(library: Library): unknown {
  const enqueued = library.states.get<{ albums: number; artists: number }>('enrichment-newcomers')!;
  const { albums } = library.facts.newEntities(enqueued.albums, enqueued.artists, 50);
  const { mark } = library.states.get<{ mark: number }>('lastfm-manual-scrobbles')!;
  return [
    albums.map(({ id }) => library.reads.album(id)?.title),
    library.scrobbleOutbox.unsent(mark).map(({ title }) => title),
  ];
}

it.each([
  ['at once', true],
  ['after they had come down already', false],
])('what comes later is found again, enriched and submitted: %s', (_, atOnce) => {
  const { library, folder, setTime } = libraryForTest();
  listenTo(library, { album: 'Near' });
  raised(library.file);
  const logged = (held: Library, title: string, playedAt: number) => {
    const listen = listenTo(held, { album: title, title, playedAt });
    applied(held, {
      kind: 'add-listens',
      group: newUuid(),
      playedAt: playedAt + 2_000,
      tracks: [{ trackId: held.reads.listen(listen)!.track.id }],
    });
  };
  logged(library, 'Far', START + 900);
  setTime(START + 60);
  library.states.set('enrichment-newcomers', { albums: FAR + 900, artists: FAR + 900 });
  library.states.set('lastfm-manual-scrobbles', { mark: FAR + 900 });
  const states = opened(
    library.file,
    (db) =>
      db.prepare('SELECT * FROM service_states').all() as { service: string; state: string; updated_at: string }[],
  );
  library.close();
  raised(library.file, before13);
  reopened(folder).close();
  if (!atOnce) {
    opened(library.file, (db) => {
      for (const { service, state, updated_at: at } of states)
        db.prepare('UPDATE service_states SET state = ?, updated_at = ? WHERE service = ?').run(state, at, service);
    });
    asOfSchema(library.file, 14);
  }
  const mended = reopened(folder);
  logged(mended, 'New', START + 9_000);
  expect(due(mended)).toEqual([['New'], ['New']]);
  mended.close();
});
