import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import { unpackBackup } from '#server/library/testing/inside.ts';
import type { RunningServer } from '#tests/kit/serverProcess.ts';

/** Ways to a copy of a library's file while AIME has it open. */
export const COPYINGS = [
  'the file alone',
  'the file with its log',
  'in an order of its own',
  'out of a backup',
] as const;
export type Copying = (typeof COPYINGS)[number];

/** Statements of another program that has the library open. */
export function executed(file: string, ...statements: string[]): void {
  // A connection that only executes lets go of the file when it is closed.
  const db = new Libsql(file);
  try {
    for (const statement of statements) db.exec(statement);
  } finally {
    db.close();
  }
}

/** @returns a file that stands by itself. */
export async function copyOf(server: RunningServer, how: Copying, target: string): Promise<string> {
  const file = join(server.dataDir, 'musique.db');
  if (how === 'the file alone') copyFileSync(file, target);
  if (how === 'in an order of its own') executed(file, `VACUUM INTO '${target}'`);
  if (how === 'the file with its log') {
    for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, target + part);
    executed(target, 'PRAGMA journal_mode = DELETE', 'PRAGMA journal_mode = WAL');
  }
  if (how === 'out of a backup') {
    const { status, json } = await server.send('POST', '/backups');
    if (status !== 201) throw new Error(`No backup: ${status} ${JSON.stringify(json)}`);
    const folder = `${target}.unpacked`;
    mkdirSync(folder);
    await unpackBackup(join(server.dataDir, 'backups', (json as { name: string }).name), folder);
    renameSync(join(folder, 'musique.db'), target);
  }
  return target;
}

/** Takes the name of what is there. */
export function putByName(copy: string, place: string): void {
  copyFileSync(copy, `${place}.put`);
  renameSync(`${place}.put`, place);
}

/**
 * Writes it over what is there, as `cp` does: the same file, other content.
 *
 * @param slowly in parts, with something between.
 * @param begun called once the first part is there.
 */
export async function putOver(copy: string, place: string, slowly: boolean, begun: () => void): Promise<void> {
  const content = readFileSync(copy);
  if (!slowly) {
    writeFileSync(place, content);
    return begun();
  }
  const file = await open(place, 'w');
  try {
    const part = Math.ceil(content.length / 8);
    for (let at = 0; at < content.length; at += part) {
      await file.write(content, at, Math.min(part, content.length - at), at);
      if (at === 0) begun();
      await sleep(30);
    }
  } finally {
    await file.close();
  }
}
