import { spawn } from 'node:child_process';
import { cut } from '#shared/text/cut.ts';
import type { Log } from '../../kit/log.ts';
import { programArguments } from '../../kit/program.ts';
import { openDatabase } from '../database/database.ts';
import { hasEarlierIdentity } from '../derivedKeys/identity.ts';
import { readHeader } from '../database/fileHeader.ts';
import { newestSchema } from './migrate.ts';
import type { MigrateAnswer, MigrateOrder } from './migrateProgram.ts';

/**
 * Whether an update changes this library's file before it is opened: it is of an earlier schema, or other rules than today's made what
 * its names are told apart by. Opens it for a moment; nobody else may have it open.
 *
 * @throws {DatabaseUnavailable}
 */
export function needsMigration(file: string): boolean {
  const version = readHeader(file)?.sqlite?.userVersion ?? 0;
  if (version !== newestSchema) return version > 0 && version < newestSchema;
  const db = openDatabase(file);
  try {
    return hasEarlierIdentity(db);
  } finally {
    db.close();
  }
}

/**
 * Brings a library's file to the newest schema in a process of its own: the server answers meanwhile. What keeps it from that is only
 * logged: whoever opens the file then meets the same, and says it.
 */
export async function migrateInProcess(order: MigrateOrder, log: Log, signal: AbortSignal): Promise<void> {
  const child = spawn(
    process.execPath,
    [...programArguments('workers/migrate.js', 'server/library/migrations/migrateProgram.ts'), JSON.stringify(order)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stop = () => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  try {
    let [said, complained] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
    const status = await new Promise((ended) => {
      child.once('error', ended);
      child.once('close', ended);
    });
    if (status === 0) for (const [event, fields] of JSON.parse(said) as MigrateAnswer) log.info(event, fields);
    else log.warn('library.not-migrated', { file: order.file, why: cut(complained || String(status), 1_000) });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
