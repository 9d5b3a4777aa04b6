import { spawn } from 'node:child_process';
import type { RecoveryStatus } from '#shared/api/recovery.ts';
import { programArguments } from '../kit/program.ts';
import { listBackups } from '../library/backup/listing.ts';
import type { DataFolder } from '../library/dataFolder.ts';
import { backupPath } from '../library/restorePlan.ts';

export type RecoverableBackup = RecoveryStatus['backups'][number];

/** The backups that can be brought back, of both folders, newest first. Needs no library. */
export async function recoverableBackups({ path }: DataFolder): Promise<RecoverableBackup[]> {
  return (await listBackups(path)).map(({ name, folder, createdAt, bytes, counts, kind }) => ({
    name, folder, createdAt, bytes, listens: counts?.listens ?? null, albums: counts?.albums ?? null, kind,
  }));
}

/** Brings a backup back in a process of its own. @returns what it said. @throws what it said when it did not succeed. */
export async function restoreInProcess(folder: DataFolder, configDir: string, name: string): Promise<string> {
  const child = spawn(process.execPath, [...programArguments('commands/restore.js', 'scripts/restore.ts'), backupPath(folder.path, name)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, AIME_DATA_DIR: folder.path, AIME_CONFIG_DIR: configDir },
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const status = await new Promise((ended, failed) => {
    child.once('error', failed);
    child.once('close', ended);
  });
  if (status !== 0) throw new Error(said.trim() || 'The restore did not take place');
  return said.trim();
}
