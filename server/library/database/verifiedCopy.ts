import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import type { Database } from './database.ts';

/**
 * Writes a consistent copy of the open database to `target`, opens the copy and checks it; only then does it get its
 * name. An existing file of that name is replaced.
 *
 * @param options.reindexed the copy's indexes are made anew: they are copied as they are otherwise, flaws and all.
 * @throws when the copy cannot be written or is not sound; nothing is left behind then.
 */
export function writeVerifiedCopy(db: Database, target: string, { reindexed = false } = {}): void {
  const partial = `${target}.partial`;
  try {
    makeEmpty(partial);
    db.run('VACUUM INTO ?', partial);
    if (reindexed) reindex(partial);
    const flaw = firstFlaw(partial);
    if (flaw !== null) throw new Error(`The copy ${partial} is not sound: ${flaw}`);
    syncFile(partial);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/**
 * Copies a library's file, which another connection may be writing to, into `partial` and checks the copy. The copy is as the
 * library was at one moment. To be run off the main thread.
 *
 * @throws when the copy cannot be written or is not sound.
 */
export function copyAndCheck(source: string, partial: string): void {
  makeEmpty(partial);
  const db = new Libsql(source);
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    db.prepare('VACUUM INTO ?').run(partial);
  } finally {
    db.close();
  }
  markAsCopy(partial);
  const flaw = firstFlaw(partial) ?? firstMiscount(partial);
  if (flaw !== null) throw new Error(`The copy is not sound: ${flaw}`);
  syncFile(partial);
}

function reindex(file: string): void {
  const copy = new Libsql(file);
  try {
    copy.exec('REINDEX');
  } finally {
    copy.close();
  }
}

/** A copy never says of itself that it is the file that is open: put in its place, it is distinguished from it. */
function markAsCopy(file: string): void {
  const copy = new Libsql(file);
  try {
    const columns = copy.prepare("SELECT name FROM pragma_table_info('library_state')").all() as { name: string }[];
    if (columns.some(({ name }) => name === 'opening'))
      copy.prepare('UPDATE library_state SET opening = ?').run(`copy-${randomUUID()}`);
  } finally {
    copy.close();
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

/** The pages of the journal count their listens: a copy in which they do not is of no one moment. */
function firstMiscount(file: string): string | null {
  const copy = new Libsql(file);
  try {
    const [page] = copy
      .prepare(
        'SELECT id FROM journal_pages AS page WHERE listens <> (SELECT count(*) FROM listening_history WHERE page = page.id) LIMIT 1',
      )
      .all() as { id: string }[];
    return page === undefined ? null : `the page ${page.id} of the journal does not hold the listens that it counts`;
  } finally {
    copy.close();
  }
}

/** What a database file says it is: whose, and of which schema. */
export function identity(file: string): { application: number; schema: number } {
  const copy = new Libsql(file);
  try {
    return { application: pragma(copy, 'application_id'), schema: pragma(copy, 'user_version') };
  } finally {
    copy.close();
  }
}

const pragma = (db: Libsql.Database, name: string): number =>
  Number(Object.values((db.prepare(`PRAGMA ${name}`).all() as Record<string, number>[])[0] ?? {})[0] ?? 0);

/** An empty file for the owner's eyes alone, for VACUUM INTO to fill. */
export function makeEmpty(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'w', 0o600));
}

/** Makes sure that a written file survives a power cut. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
