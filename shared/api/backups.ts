import * as v from 'valibot';
import { Count, StoredSeconds } from '../primitives/identifiers.ts';
import { defineEndpoint, empty, file } from './contract.ts';
import { Problem } from '../errors/errors.ts';

/** Why a backup was made; its name says so. */
export const BackupKinds = [
  'scheduled',
  'by-hand',
  'before-migration',
  'before-mending',
  'before-restore',
  'other',
] as const;

/** How much a library holds. `archived` are the listens that fell out of the journal and are in the archive's files. */
export const BackupCounts = v.object({
  artists: Count,
  albums: Count,
  tracks: Count,
  listens: Count,
  archived: Count,
  scrobbles: Count,
  playlists: Count,
  images: Count,
});
export type BackupCounts = v.InferOutput<typeof BackupCounts>;

/** A chosen restore that did not take place; what was there is still there. */
export const RestoreFailure = v.object({
  name: v.string(),
  /** Seconds since the epoch. */
  at: StoredSeconds,
  /** In words. */
  reason: v.string(),
  /** The same as a code that pages translate; not in what an earlier version stored. */
  problem: v.optional(Problem),
});
export type RestoreFailure = v.InferOutput<typeof RestoreFailure>;

/** A copy of the library that was opened and checked. `createdAt` in seconds since the epoch. */
export const Backup = v.object({
  name: v.string(),
  bytes: Count,
  createdAt: StoredSeconds,
  kind: v.picklist(BackupKinds),
  /** Where it is; one that is in both folders is listed once, as in the first. */
  folder: v.picklist(['first', 'second']),
  copied: v.boolean(),
  /** `everything`: library, archive, settings in one zip; `library`: a database alone, as backups were before. */
  holds: v.picklist(['everything', 'library']),
  secrets: v.boolean(),
  covers: v.boolean(),
  counts: v.nullable(BackupCounts),
  listens: v.nullable(Count),
  albums: v.nullable(Count),
  /** Why it cannot be restored, as a message. */
  flaw: v.nullable(v.string()),
  /** The same as a code that pages translate. */
  problem: v.nullable(Problem),
  /** Files of the archive that were missing or damaged when it was made. */
  lacks: v.array(v.string()),
});
export type Backup = v.InferOutput<typeof Backup>;

/** How well the library is backed up. */
export const BackupStatus = v.object({
  /** When the newest backup that can be brought back was made, seconds since the epoch. */
  lastGoodAt: v.nullable(StoredSeconds),
  /** The newest one in the second folder; null when there is none or no such folder is set. */
  secondLastGoodAt: v.nullable(StoredSeconds),
  /** How large the newest is, in bytes. */
  lastBytes: v.nullable(Count),
  /**
   * `failed`: the last try did; `old`: the newest is too old; `none`: there is none, and there should be; `second`: the copy is missing
   * in the second folder; `archive`: files of the archive were missing or damaged when the newest was made, which no backup can mend.
   * `reason` is in the server's own message, `problem` the same as an error code that pages translate.
   */
  problem: v.nullable(
    v.object({
      code: v.picklist(['failed', 'old', 'none', 'second', 'archive']),
      reason: v.nullable(v.string()),
      problem: v.optional(Problem),
    }),
  ),
});
export type BackupStatus = v.InferOutput<typeof BackupStatus>;

const TAG = 'Backups';
const name = v.pipe(v.string(), v.maxLength(205));

export const listBackups = defineEndpoint({
  operationId: 'listBackups',
  method: 'get',
  path: '/backups',
  errors: ['backups-unreadable'],
  tag: TAG,
  summary: 'Backups, newest first, and how well the library is backed up',
  /** `restoring`: what takes the library's place at the next start; `restoreFailure`: why the one that was chosen last did not. */
  answers: {
    200: v.object({
      items: v.array(Backup),
      restoring: v.nullable(v.string()),
      restoreFailure: v.nullable(RestoreFailure),
      status: BackupStatus,
    }),
  },
});

export const makeBackup = defineEndpoint({
  operationId: 'makeBackup',
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
  /** Keys and tokens of other services only when asked for; covers can be fetched again. */
  body: v.strictObject({ secrets: v.optional(v.boolean()), covers: v.optional(v.boolean()) }),
  answers: { 201: Backup },
});

export const downloadBackup = defineEndpoint({
  operationId: 'downloadBackup',
  method: 'get',
  path: '/backups/:name',
  errors: ['unknown-backup'],
  tag: TAG,
  summary: 'Download a backup: a zip with the database, the archive and a manifest, or a database alone',
  params: { name },
  answers: { 200: file('application/zip', 'application/vnd.sqlite3') },
});

export const removeBackup = defineEndpoint({
  operationId: 'removeBackup',
  method: 'delete',
  path: '/backups/:name',
  errors: ['unknown-backup', 'backup-chosen', 'backup-not-removed'],
  tag: TAG,
  summary: 'Remove a backup, its copy in the second folder too',
  params: { name },
  answers: { 204: empty },
});

export const restoreBackup = defineEndpoint({
  operationId: 'restoreBackup',
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
  answers: { 202: v.object({ name: v.string(), when: v.literal('next-start') }) },
});

export const cancelRestore = defineEndpoint({
  operationId: 'cancelRestore',
  method: 'delete',
  path: '/backups/:name/restore',
  errors: ['no-restore'],
  tag: TAG,
  summary: 'Do not bring it back after all, or take note that it could not be',
  params: { name },
  answers: { 204: empty },
});
