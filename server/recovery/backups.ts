import type { RecoveryStatus } from '#shared/api/recovery.ts';
import { listBackups, type DataFolder } from '../library/index.ts';

export type RecoverableBackup = RecoveryStatus['backups'][number];

/** The backups that can be restored, of both folders, newest first. Needs no library. */
export async function recoverableBackups({ path }: DataFolder): Promise<RecoverableBackup[]> {
  return (await listBackups(path)).map(({ name, folder, createdAt, bytes, counts, kind }) => ({
    name,
    folder,
    createdAt,
    bytes,
    listens: counts?.listens ?? null,
    albums: counts?.albums ?? null,
    kind,
  }));
}
