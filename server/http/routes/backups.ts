import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import * as v from 'valibot';
import { Problem } from '#shared/api/errors.ts';
import {
  type Backup as Listed,
  BackupCounts,
  BackupError,
  BackupKinds,
  type Backups,
  type BackupStatus,
  isCopyOf,
} from '../../library/api/backups.ts';
import { RestoreFailure, type RestorePlan } from '../../library/api/restore.ts';
import { RestoreError } from '../../library/api/restoreRefusal.ts';
import { HttpError } from '../httpError.ts';
import { defineRoute } from '../route.ts';

const Backup = v.object({
  name: v.string(),
  bytes: v.number(),
  createdAt: v.number(),
  kind: v.picklist(BackupKinds),
  /** Where it is; one that is in both folders is listed once, as in the first. */
  folder: v.picklist(['first', 'second']),
  copied: v.boolean(),
  /** `everything`: library, archive, settings in one zip; `library`: a database alone, as backups were before. */
  holds: v.picklist(['everything', 'library']),
  secrets: v.boolean(),
  covers: v.boolean(),
  counts: v.nullable(BackupCounts),
  listens: v.nullable(v.number()),
  albums: v.nullable(v.number()),
  /** Why it cannot be brought back, in words. */
  flaw: v.nullable(v.string()),
  /** The same as a case that a page has words for. */
  problem: v.nullable(Problem),
  /** Files of the archive that were missing or damaged when it was made. */
  lacks: v.array(v.string()),
});
const Status = v.object({
  lastGoodAt: v.nullable(v.number()),
  secondLastGoodAt: v.nullable(v.number()),
  lastBytes: v.nullable(v.number()),
  problem: v.nullable(
    v.object({
      code: v.picklist(['failed', 'old', 'none', 'second', 'archive']),
      reason: v.nullable(v.string()),
      problem: v.optional(Problem),
    }),
  ),
});
const TAG = 'Backups';
const name = v.pipe(v.string(), v.maxLength(205));

/** @param watch told of what changes here; it knows how well the library is backed up. */
export const backupRoutes = (
  backups: Backups,
  plan: RestorePlan,
  watch: { look(): void; status(): Promise<BackupStatus> },
) => [
  defineRoute({
    method: 'get',
    path: '/backups',
    errors: ['backups-unreadable'],
    tag: TAG,
    summary: 'Backups, newest first, and how well the library is backed up',
    /** `restoring`: what takes the library's place at the next start; `restoreFailure`: why the one that was chosen last did not. */
    answer: v.object({
      items: v.array(Backup),
      restoring: v.nullable(v.string()),
      restoreFailure: v.nullable(RestoreFailure),
      status: Status,
    }),
    async handle() {
      watch.look();
      return {
        items: await itemsOf(backups),
        restoring: plan.chosen(),
        restoreFailure: plan.failure(),
        status: await watch.status(),
      };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/backups',
    errors: [
      'nothing-to-back-up',
      'backup-failed',
      'folder-full',
      'folder-short',
      'folder-not-writable',
      'copy-differs',
      'backups-unreadable',
    ],
    tag: TAG,
    summary: 'Make a backup of everything now; answers when it is written and verified',
    status: 201,
    /** Keys and tokens of other services only when asked for; covers can be fetched again. */
    body: v.strictObject({ secrets: v.optional(v.boolean()), covers: v.optional(v.boolean()) }),
    answer: Backup,
    async handle({ body }) {
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
    },
  }),
  defineRoute({
    method: 'get',
    path: '/backups/:name',
    errors: ['unknown-backup'],
    tag: TAG,
    summary: 'Download a backup: a zip with the database, the archive and a manifest, or a database alone',
    params: { name },
    async handle({ params }) {
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
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/backups/:name',
    errors: ['unknown-backup', 'backup-chosen', 'backup-not-removed'],
    tag: TAG,
    summary: 'Remove a backup, its copy in the second folder too',
    params: { name },
    async handle({ params }) {
      const removed = await backups.remove(params.name).catch((error: unknown) => {
        watch.look();
        throw error instanceof BackupError ? new HttpError(error.problem, { message: error.message }) : error;
      });
      if (removed === 'chosen') throw new HttpError({ code: 'backup-chosen' }, { field: 'name' });
      if (removed === 'none') throw new HttpError({ code: 'unknown-backup', params });
      watch.look();
    },
  }),
  defineRoute({
    method: 'post',
    path: '/backups/:name/restore',
    errors: [
      'unknown-backup',
      'backup-unfit',
      'backup-file-gone',
      'backup-unsound',
      'backup-foreign',
      'backup-newer',
      'backup-disk',
      'other-backup-chosen',
    ],
    tag: TAG,
    summary:
      "Bring a backup back: it is checked, and at AIME's next start it takes the library's place, which is saved first",
    params: { name },
    // The backup that is chosen now, and gives way once this one is found good.
    query: { instead: v.optional(name) },
    status: 202,
    answer: v.object({ name: v.string(), when: v.literal('next-start') }),
    async handle({ params, query }) {
      if ((await backups.pathOf(params.name)) === null) throw new HttpError({ code: 'unknown-backup', params });
      const isChosen = await plan.choose(params.name, query.instead).catch((error: unknown) => {
        if (!(error instanceof RestoreError)) throw error;
        throw new HttpError(error.problem, { field: 'name', message: error.message });
      });
      if (!isChosen)
        throw new HttpError({ code: 'other-backup-chosen', params: { name: plan.chosen() ?? '' } }, { field: 'name' });
      return { name: params.name, when: 'next-start' };
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/backups/:name/restore',
    errors: ['no-restore'],
    tag: TAG,
    summary: 'Do not bring it back after all, or take note that it could not be',
    params: { name },
    handle({ params }) {
      if (plan.chosen() !== params.name && plan.failure()?.name !== params.name)
        throw new HttpError({ code: 'no-restore', params });
      plan.cancel();
    },
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
