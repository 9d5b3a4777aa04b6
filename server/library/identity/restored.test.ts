import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, test } from 'vitest';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { systemClock } from '../../kit/clock.ts';
import { silentLog } from '../../kit/log.ts';
import { restoreBackup } from '../backup/restore.ts';
import { openDatabase } from '../database/database.ts';
import { migrate, migrations } from '../migrations/migrate.ts';
import { lifePlace } from '../testing/lifePlace.ts';

const home = lifePlace();
const { open, keep, lives, listen } = home;

describe('a backup brought back', () => {
  const restore = (file: string) =>
    restoreBackup({ file, dataDir: home.folder, configDir: join(home.folder, 'config'), clock: systemClock });

  test('begins one new life, whose ids go on where the former ended', async () => {
    const library = open();
    const shared = listen(library);
    const copy = await keep(library, 'copy.db');
    const before = open();
    const { epoch } = before.life;
    const lost = listen(before);
    before.close();
    await untilFilesClosed();
    await restore(copy);
    const after = open();
    expect(after.life).toMatchObject({ libraryId: before.life.libraryId, cause: 'restore' });
    expect(listen(after)).toBeGreaterThan(lost);
    const row = lives(after.file).find((life) => life.epoch === after.feed.epoch)!;
    expect(row.parent).toBe(epoch);
    expect(JSON.parse(row.common)).toMatchObject({ listening_history: shared });
    after.close();
    await untilFilesClosed();
    // A second one shares no more with it than the two that lie between.
    await restore(copy);
    const second = open();
    const chain = lives(second.file);
    const last = chain.find((life) => life.epoch === second.feed.epoch)!;
    expect(last.parent).toBe(after.feed.epoch);
    expect(chain.find((life) => life.epoch === last.parent)).toMatchObject({ parent: epoch });
    expect(JSON.parse(last.common)).toMatchObject({ listening_history: shared });
  });

  test('goes on where what two lives share cannot be read any more', async () => {
    const before = open();
    const { epoch } = before.life;
    before.close();
    await untilFilesClosed();
    const db = new Libsql(before.file);
    db.exec(`UPDATE epochs SET common = '{"listening_history":'`);
    db.close();
    const after = open();
    expect(after.life.epoch).toBe(epoch);
    expect(listen(after)).toBeGreaterThan(0);
  });

  test('from before there were lives is brought to today’s schema, as the same library', async () => {
    const before = open();
    const lost = listen(before);
    before.close();
    const copy = join(home.folder, 'old.db');
    const old = openDatabase(copy);
    migrate(old, {
      backupsDir: join(home.folder, 'backups'),
      clock: systemClock,
      log: silentLog,
      steps: migrations.filter(({ number }) => number < 3),
    });
    old.run('INSERT INTO library_state (only, epoch, last_seq) VALUES (1, ?, 0)', before.feed.epoch);
    old.close();
    await untilFilesClosed();
    await restore(copy);
    const after = open();
    expect(after.life).toMatchObject({ libraryId: before.life.libraryId, cause: 'restore' });
    expect(listen(after)).toBeGreaterThan(lost);
  });

  test('where nothing is known of what was given, goes on far away', async () => {
    const library = open();
    listen(library);
    const copy = await keep(library, 'copy.db');
    for (const name of ['musique.db', 'library.json', 'library.json.former'])
      rmSync(join(home.folder, name), { force: true });
    await restore(copy);
    const after = open();
    expect(after.life.cause).toBe('restore');
    expect(listen(after)).toBeGreaterThan(1_000_000);
    expect(existsSync(join(home.folder, 'library.json'))).toBe(true);
  });
});
