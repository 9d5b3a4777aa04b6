import {
  type BackupStatus,
  cancelRestore,
  downloadBackup,
  listBackups,
  makeBackup,
  removeBackup,
  restoreBackup,
} from '#shared/api/backups.ts';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type Backup as Listed, BackupError, type Backups, isCopyOf } from '../../library/api/backups.ts';
import type { RestorePlan } from '../../library/api/restore.ts';
import { RestoreError } from '../../library/api/restoreRefusal.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { route } from '../route.ts';

/** @param watch notified of what changes here; it knows how well the library is backed up. */
export const backupRoutes = (
  backups: Backups,
  plan: RestorePlan,
  watch: { look(): void; status(): Promise<BackupStatus> },
) => [
  route(listBackups, async () => {
    watch.look();
    return {
      items: await itemsOf(backups),
      restoring: plan.chosen(),
      restoreFailure: plan.failure(),
      status: await watch.status(),
    };
  }),
  route(makeBackup, async ({ body }) => {
    try {
      const made = await backups.make('by-hand', body);
      if (made === null) throw new HttpError({ code: 'nothing-to-back-up' });
      return (await itemsOf(backups)).find((item) => item.name === made.name)!;
    } catch (error) {
      if (error instanceof BackupError) throw new HttpError(error.problem, { message: error.message });
      throw error;
    } finally {
      watch.look();
    }
  }),
  route(downloadBackup, async ({ params }) => {
    const path = await backups.pathOf(params.name);
    if (path === null) throw new HttpError({ code: 'unknown-backup', params });
    const { size } = await stat(path);
    return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
      headers: {
        'content-type': params.name.endsWith('.zip') ? 'application/zip' : 'application/vnd.sqlite3',
        'content-length': String(size),
        'content-disposition': `attachment; filename="${params.name}"`,
        'cache-control': 'no-store',
      },
    });
  }),
  route(removeBackup, async ({ params }) => {
    const removed = await backups.remove(params.name).catch((error: unknown) => {
      watch.look();
      throw error instanceof BackupError ? new HttpError(error.problem, { message: error.message }) : error;
    });
    if (removed === 'chosen') throw new HttpError({ code: 'backup-chosen' }, { field: 'name' });
    if (removed === 'none') throw new HttpError({ code: 'unknown-backup', params });
    watch.look();
  }),
  route(restoreBackup, async ({ params, query }) => {
    if ((await backups.pathOf(params.name)) === null) throw new HttpError({ code: 'unknown-backup', params });
    const isChosen = await plan.choose(params.name, query.instead).catch((error: unknown) => {
      if (!(error instanceof RestoreError)) throw error;
      throw new HttpError(error.problem, { field: 'name', message: error.message });
    });
    if (!isChosen)
      throw new HttpError({ code: 'other-backup-chosen', params: { name: plan.chosen() ?? '' } }, { field: 'name' });
    return { name: params.name, when: 'next-start' as const };
  }),
  route(cancelRestore, ({ params }) => {
    if (plan.chosen() !== params.name && plan.failure()?.name !== params.name)
      throw new HttpError({ code: 'no-restore', params });
    plan.cancel();
  }),
];

/** One item a name, whichever folders it is in. */
async function itemsOf(backups: Backups) {
  const all = await backups.list().catch((error: Error) => {
    throw new HttpError(
      { code: 'backups-unreadable' },
      { message: `The folder of the backups cannot be read: ${error.message}` },
    );
  });
  const [first, second] = (['first', 'second'] as const).map(
    (folder) => new Map(all.filter((backup) => backup.folder === folder).map((backup) => [backup.name, backup])),
  );
  const isCopied = (backup: Listed) =>
    second!.has(backup.name) && (backup.folder === 'second' || isCopyOf(backup, second!.get(backup.name)!));
  return all
    .filter((backup) => backup.folder === 'first' || !first!.has(backup.name))
    .map((backup) => {
      const { libraryId: _, epoch: __, lastSeq: ___, schema: ____, ...shown } = backup;
      return {
        ...shown,
        copied: isCopied(backup),
        listens: backup.counts?.listens ?? null,
        albums: backup.counts?.albums ?? null,
      };
    });
}
