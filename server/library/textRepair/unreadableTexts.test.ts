import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import { beforeEach, describe, expect, test } from 'vitest';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { systemClock } from '../../kit/clock.ts';
import { type Log, silentLog } from '../../kit/log.ts';
import type { Library } from '../api/library.ts';
import { inspect } from '../inspect/index.ts';
import { flawsOf } from '../testing/flaws.ts';
import { libraryForTest, listenTo, openIn } from '../testing/library.ts';

let library: Library;
let folder: string;
let listenId: number;
let albumId: number;

/** What another program does, while the library is open or not. */
function written(...statements: string[]): void {
  const db = new Libsql(library.file);
  for (const statement of statements) db.exec(statement);
  db.close();
}
function rootOf(table: string): { pageSize: number; root: number } {
  const db = new Libsql(`${pathToFileURL(library.file).href}?immutable=1`);
  const row = db
    .prepare('SELECT page_size AS pageSize, rootpage AS root FROM sqlite_master, pragma_page_size WHERE name = ?')
    .get(table) as { pageSize: number; root: number };
  db.close();
  return row;
}
async function startedAgain(): Promise<{ library: Library; logged: Record<string, unknown>[] }> {
  const logged: Record<string, unknown>[] = [];
  const note =
    (level: string) =>
    (event: string, fields: object = {}) =>
      void logged.push({ level, event, ...fields });
  const log = { ...silentLog, warn: note('warn'), error: note('error') } as unknown as Log;
  const inspection = await inspect(library.file, { clock: systemClock, log });
  expect(inspection).toMatchObject({ state: 'library' });
  library = openIn(folder, { log, unreadableTexts: inspection.unreadableTexts });
  return { library, logged };
}
const pulled = (since: number) =>
  (['albums', 'artists', 'journal', 'playlists'] as const).flatMap((collection) =>
    library.feed.pull(collection, since, 100).documents.map(({ id }) => `${collection} ${id}`),
  );

beforeEach(() => {
  const made = libraryForTest();
  ({ library, folder } = made);
  listenId = listenTo(library, { zone: 'Kitchen' });
  listenTo(library, { title: 'Trom', album: 'Straum', artist: 'Hildring', playedAt: 1_690_000_000, zone: 'Kitchen' });
  albumId = library.reads.listen(listenId)!.album!.id;
});

describe('texts that are not UTF-8', () => {
  test('are read as well as they can be while the library is open, and end nothing', () => {
    written(
      `UPDATE albums SET title = CAST(x'4C79736F66E9' AS TEXT)`,
      `UPDATE listening_history SET note = CAST(x'E9' AS TEXT)`,
      `UPDATE tracks SET title = CAST(x'C3' AS TEXT)`,
    );
    expect(library.reads.listen(listenId)).toMatchObject({ note: '\ufffd', track: { title: '\ufffd' } });
    expect(library.feed.pull('albums', 0, 10).documents[0]).toMatchObject({ title: 'Lysof\ufffd' });
    library.close();
  });

  test('are mended at the start, with a copy of the library as it was, and devices pull what shows them', async () => {
    const seq = library.feed.lastSeq();
    const [{ id: trackId }] = [library.reads.listen(listenId)!.track];
    library.close();
    written(
      `UPDATE listening_history SET note = CAST(x'636166E9' AS TEXT) WHERE id = ${listenId}`,
      `UPDATE albums SET note = CAST(x'C3A9E9206F6B' AS TEXT) WHERE id = ${albumId}`,
      `UPDATE scrobbles SET payload = CAST(x'FB2266726F6D223A226C617374666D227D' AS TEXT) WHERE listen_id = ${listenId}`,
    );
    const { logged } = await startedAgain();
    expect(library.reads.listen(listenId)).toMatchObject({ note: 'caf\ufffd', track: { id: trackId } });
    expect(logged).toMatchObject([
      {
        event: 'library.texts-mended',
        texts: 3,
        in: { 'listening_history.note': 1, 'albums.note': 1, 'scrobbles.payload': 1 },
      },
    ]);
    expect(pulled(seq).sort()).toEqual([`albums ${albumId}`, 'journal 2023-11']);
    library.close();
    const [copy] = readdirSync(join(folder, 'backups')).filter((name) => name.startsWith('before-mending-'));
    expect(readFileSync(join(folder, 'backups', copy!)).includes(Buffer.from('636166E9', 'hex'))).toBe(true);
    expect(flawsOf(library.file)).toEqual([]);
    // It is done once.
    const again = await startedAgain();
    expect(again.logged).toEqual([]);
    again.library.close();
  });

  test('whose bit was flipped are what they were where that is sure', async () => {
    library.close();
    // Where the other play was heard, a moment, and JSON that would be none.
    written(
      `UPDATE listening_history SET zone = CAST(x'CB69746368656E' AS TEXT) WHERE id = ${listenId}`,
      `UPDATE tracks SET created_at = CAST(x'B2' || substr(CAST(created_at AS BLOB), 2) AS TEXT)`,
      `UPDATE albums SET genres = CAST(x'DB224A617A7A225D' AS TEXT)`,
    );
    const { library: again, logged } = await startedAgain();
    expect(logged).toMatchObject([{ event: 'library.texts-mended' }]);
    expect(again.feed.pull('albums', 0, 10).documents).toMatchObject([{ genres: ['Jazz'] }, { genres: ['Jazz'] }]);
    again.close();
    const db = new Libsql(again.file);
    expect(db.prepare('SELECT DISTINCT zone FROM listening_history').all()).toMatchObject([{ zone: 'Kitchen' }]);
    expect(db.prepare("SELECT count(*) AS wrong FROM tracks WHERE created_at NOT LIKE '2%'").get()).toMatchObject({
      wrong: 0,
    });
    db.close();
  });

  test('that an index holds too are what they were: a flipped bit in a title on the disk', async () => {
    const seq = library.feed.lastSeq();
    library.close();
    await untilFilesClosed();
    const bytes = readFileSync(library.file);
    const { pageSize, root } = rootOf('albums');
    const at = bytes.indexOf('Straum', (root - 1) * pageSize);
    expect(at).toBeLessThan(root * pageSize);
    bytes[at]! |= 0x80;
    writeFileSync(library.file, bytes);
    const { library: again, logged } = await startedAgain();
    expect(logged).toMatchObject([{ event: 'library.texts-mended', texts: 1, in: { 'albums.title': 1 } }]);
    expect(again.feed.pull('albums', seq, 10).documents).toMatchObject([{ title: 'Straum' }]);
    again.close();
    expect((await inspect(again.file, { clock: systemClock, log: silentLog })).state).toBe('library');
  });

  test('that an index holds too hide nothing else that is wrong with the file', async () => {
    library.close();
    await untilFilesClosed();
    const bytes = readFileSync(library.file);
    const { pageSize, root } = rootOf('albums');
    bytes[bytes.indexOf('Straum', (root - 1) * pageSize)]! |= 0x80;
    // The other title is another one now, in letters.
    bytes[bytes.indexOf('Lysøen', (root - 1) * pageSize)] = 0x4d;
    writeFileSync(library.file, bytes);
    expect(await inspect(library.file, { clock: systemClock, log: silentLog })).toMatchObject({
      state: 'recovery',
      reason: 'damaged',
    });
    expect(readFileSync(library.file).equals(bytes)).toBe(true);
  });

  test('in what the file says of its tables cannot be mended: it is damaged, and not touched', async () => {
    library.close();
    await untilFilesClosed();
    const bytes = readFileSync(library.file);
    for (let at = bytes.indexOf('lastfm_url'); at >= 0; at = bytes.indexOf('lastfm_url')) bytes[at]! |= 0x80;
    writeFileSync(library.file, bytes);
    expect(await inspect(library.file, { clock: systemClock, log: silentLog })).toMatchObject({
      state: 'recovery',
      reason: 'damaged',
    });
    expect(readFileSync(library.file).equals(bytes)).toBe(true);
  });

  test('that become the same stay two, in a table without rowids too', async () => {
    library.close();
    written(
      `UPDATE albums SET uid = CAST(x'61E9' AS TEXT) WHERE id = ${albumId}`,
      `UPDATE albums SET uid = CAST(x'61E8' AS TEXT) WHERE id <> ${albumId}`,
      `INSERT INTO settings (key, value, updated_at) VALUES (CAST(x'6BE9' AS TEXT), CAST(x'E9' AS TEXT), ''), (CAST(x'6BE8' AS TEXT), CAST(x'E9' AS TEXT), '')`,
    );
    const { library: again, logged } = await startedAgain();
    expect(logged).toMatchObject([{ event: 'library.texts-mended', texts: 6 }]);
    again.close();
    const db = new Libsql(again.file);
    expect(db.prepare('SELECT uid FROM albums ORDER BY uid').all()).toMatchObject([
      { uid: 'a\ufffd' },
      { uid: 'a\ufffd\ufffd' },
    ]);
    expect(
      db.prepare("SELECT key, value FROM settings WHERE key LIKE 'k%' AND value = '\ufffd' ORDER BY key").all(),
    ).toMatchObject([{ key: 'k\ufffd' }, { key: 'k\ufffd\ufffd' }]);
    db.close();
  });

  test('stay for the next start where the library cannot be copied, and it is served all the same', async () => {
    library.close();
    written(`UPDATE listening_history SET note = CAST(x'636166E9' AS TEXT)`);
    writeFileSync(join(folder, 'backups'), 'a file where the folder would be');
    const { library: again, logged } = await startedAgain();
    expect(logged).toMatchObject([{ level: 'error', event: 'library.texts-not-mended' }]);
    expect(again.reads.listen(listenId)).toMatchObject({ note: 'caf\ufffd' });
    again.close();
  });
});
