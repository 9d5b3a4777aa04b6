import { addressOf } from '#shared/api/address.ts';
import {
  type Backup,
  type BackupStatus,
  cancelRestore,
  downloadBackup,
  listBackups,
  makeBackup,
  removeBackup,
  restoreBackup,
  type RestoreFailure,
} from '#shared/api/backups.ts';
import { api } from '$lib/library/index.ts';

let items = $state.raw<readonly Backup[]>();
let status = $state.raw<BackupStatus>();
/** Taken off the list while Undo is offered; their files are still there. */
let leaving = $state.raw<ReadonlySet<string>>(new Set());
let restoring = $state<string | null>(null);
let restoreFailure = $state.raw<RestoreFailure | null>(null);

/** The library's copies, newest first: asked from the server, which keeps them. */
export const theBackups = {
  /** Undefined until they are known. */
  get items(): readonly Backup[] | undefined {
    return items?.filter(({ name }) => !leaving.has(name));
  },
  /** How well the library is backed up, by what is on the server's disks; undefined until it is known. */
  get status(): BackupStatus | undefined {
    return status;
  },
  /** What takes the library's place at AIME's next start. */
  get restoring(): string | null {
    return restoring;
  },
  /** Why the one that was chosen last did not come back; null when there is nothing to report. */
  get restoreFailure(): RestoreFailure | null {
    return restoreFailure;
  },
  async load(): Promise<void> {
    const answer = await api(listBackups);
    items = answer.items;
    restoring = answer.restoring;
    restoreFailure = answer.restoreFailure;
    status = answer.status;
  },
  /** Ends when it is written and checked, which takes a while for a large library. */
  async make(content: { secrets: boolean; covers: boolean }): Promise<void> {
    try {
      await api(makeBackup, { body: content }, { timeout: 600_000 });
    } finally {
      await this.load();
    }
  },
  /** Takes one off the list; its file goes with `remove`, and `keep` brings it back. */
  leave(name: string): void {
    leaving = new Set([...leaving, name]);
  },
  keep(name: string): void {
    leaving = new Set([...leaving].filter((other) => other !== name));
  },
  /** Removes the file. @throws ApiError when it is still there; it is on the list again then. */
  async remove(name: string): Promise<void> {
    try {
      await api(removeBackup, { params: { name } });
      items = items?.filter((backup) => backup.name !== name);
    } finally {
      this.keep(name);
    }
  },
  /**
   * In the place of one that was chosen before, if this page knows of it: that stays chosen until this one is found good. Ends when
   * it is read and checked, which takes a while for a large library.
   *
   * @throws ApiError with what is wrong with it.
   */
  async restore(name: string): Promise<void> {
    const query = restoring === null ? {} : { instead: restoring };
    await api(restoreBackup, { params: { name }, query }, { timeout: 600_000 });
    restoring = name;
    restoreFailure = null;
  },
  /** It is known that the one that was chosen last did not come back. */
  async noteFailure(): Promise<void> {
    if (restoreFailure !== null) await api(cancelRestore, { params: { name: restoreFailure.name } });
    restoreFailure = null;
  },
  async keepToday(): Promise<void> {
    if (restoring !== null) await api(cancelRestore, { params: { name: restoring } });
    restoring = null;
  },
  download: (name: string): string => addressOf(downloadBackup, { params: { name } }),
};
