import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, it } from 'vitest';
import { openDatabase } from '../database/database.ts';
import { repairTexts } from './repairTexts.ts';
import { libraryForTest, listenTo, openIn } from '../testing/library.ts';

const PLAYLIST = '00000000-0000-4000-8000-00000000abcd';

it('a library that holds halves of characters opens again, and says everything else as before', () => {
  const { library, folder } = libraryForTest();
  const listenId = listenTo(library);
  const trackId = library.reads.listen(listenId)!.track.id;
  library.playlists.put({
    id: PLAYLIST,
    name: 'Evening',
    algorithm: 'ai',
    aiPrompt: 'rain',
    createdAt: 1_700_000_000,
    updatedAt: 1_700_000_000,
    entries: [{ entry: 'a', trackId, reason: 'because' }],
  });
  library.close();

  // As an earlier version wrote them: the bytes of half a pair, and halves as escapes in JSON.
  const db = new Libsql(join(folder, 'musique.db'));
  db.exec(`UPDATE playlist_tracks SET reason = CAST(x'6265EDA0BD6361757365' AS TEXT)`);
  db.exec(`UPDATE listening_history SET note = CAST(x'C3A9EDB880' AS TEXT)`);
  db.exec(`UPDATE artists SET name = CAST(x'41EDA0BD' AS TEXT), name_key = CAST(x'61EDA0BD' AS TEXT)`);
  db.exec(
    `INSERT INTO artists (name, name_key, sort_name, created_at, updated_at) VALUES ('A\ufffd', 'a\ufffd', 'a', '', '')`,
  );
  db.exec(`UPDATE playlists SET options = '{"seed":"\\ud83d"}', name = 'Even' || char(0) || 'ing'`);
  db.exec(`UPDATE albums SET note = '한국어 ok'`);
  db.close();
  const repaired = openDatabase(join(folder, 'musique.db'));
  expect(repaired.transaction(() => repairTexts(repaired))).toBe(6);
  expect(repairTexts(repaired)).toBe(0);
  repaired.close();

  const again = openIn(folder);
  expect(again.playlists.get(PLAYLIST)).toMatchObject({
    name: 'Evening',
    entries: [{ entry: 'a', trackId, reason: 'be\ufffdcause' }],
  });
  expect(again.reads.listen(listenId)).toMatchObject({ note: 'é\ufffd', track: { title: 'Bris' } });
  const names = again.reads
    .artists({ page: 1, pageSize: 10 })
    .items.map(({ name }) => name)
    .sort();
  expect(names).toEqual(['A\ufffd', 'A\ufffd\ufffd']);
  again.close();
  const file = new Libsql(join(folder, 'musique.db'));
  expect(file.prepare('SELECT options FROM playlists').get()).toMatchObject({ options: '{"seed":"\ufffd"}' });
  expect(file.prepare('SELECT note FROM albums').get()).toMatchObject({ note: '한국어 ok' });
  file.close();
});
