import { existsSync, mkdirSync, renameSync, rmSync, chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import type { Database } from './database.ts';

/**
 * Writes a consistent copy of the open database to `target`, opens the copy and checks it; only then does it get its
 * name. An existing file of that name is replaced.
 *
 * @throws when the copy cannot be written or is not sound; nothing is left behind then.
 */
export function writeVerifiedCopy(db: Database, target: string): void {
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  try {
    db.run('VACUUM INTO ?', partial);
    chmodSync(partial, 0o600);
    const flaw = firstFlaw(partial);
    if (flaw !== null) throw new Error(`The copy ${partial} is not sound: ${flaw}`);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** What SQLite finds wrong with a database file, or null when it is sound. */
export function firstFlaw(file: string): string | null {
  if (!existsSync(file)) return 'there is no such file';
  const copy = new Libsql(file);
  try {
    const [check] = copy.prepare('PRAGMA integrity_check(1)').all() as { integrity_check: string }[];
    if (check?.integrity_check !== 'ok') return check?.integrity_check ?? 'the check gave no answer';
    const [orphan] = copy.prepare('PRAGMA foreign_key_check').all() as { table: string }[];
    return orphan === undefined ? null : `a row of ${orphan.table} refers to nothing`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    copy.close();
  }
}
