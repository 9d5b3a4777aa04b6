import type { Problem } from '#shared/api/errors.ts';
import type { HouseholdDocument } from '#shared/library/household.ts';
import { api } from '$lib/library/index.ts';

/** A copy of the library that was opened and checked. `createdAt` in seconds since the epoch. */
export interface Backup {
  name: string;
  bytes: number;
  createdAt: number;
  kind: 'scheduled' | 'by-hand' | 'before-migration' | 'before-mending' | 'before-restore' | 'other';
  folder: 'first' | 'second';
  /** Also in the second folder. */
  copied: boolean;
  holds: 'everything' | 'library';
  secrets: boolean;
  covers: boolean;
  listens: number | null;
  albums: number | null;
  counts: { archived: number } | null;
  /** Why it cannot be brought back; null for one that can. */
  flaw: string | null;
  /** The same as a case that this page has words for; an older server does not say. */
  problem?: Problem | null;
  /** Files of the archive that were missing or damaged when it was made; an older server does not say. */
  lacks?: readonly string[];
}

/** Why a copy that was chosen did not come back. `at` in seconds since the epoch. */
interface RestoreFailure {
  name: string;
  at: number;
  reason: string;
  problem?: Problem;
}
/** As every device knows it, and what of it Settings alone tell. */
type Told = NonNullable<HouseholdDocument['backup']>;
type Status = Pick<Told, 'lastGoodAt'> & {
  problem: ((NonNullable<Told['problem']> | { code: 'archive'; reason: string | null }) & { problem?: Problem }) | null;
};

let items = $state.raw<readonly Backup[]>();
let status = $state.raw<Status>();
/** Taken off the list while Undo is offered; their files are still there. */
let leaving = $state.raw<ReadonlySet<string>>(new Set());
let restoring = $state<string | null>(null);
let restoreFailure = $state.raw<RestoreFailure | null>(null);
const pathOf = (name: string) => `/backups/${encodeURIComponent(name)}`;

/** The library's copies, newest first: asked from the server, which keeps them. */
export const theBackups = {
  /** Undefined until they are known. */
  get items(): readonly Backup[] | undefined {
    return items?.filter(({ name }) => !leaving.has(name));
  },
  /** How well the library is backed up, by what is on the server's disks; undefined until it is known. */
  get status(): Status | undefined {
    return status;
  },
  /** What takes the library's place at AIME's next start. */
  get restoring(): string | null {
    return restoring;
  },
  /** Why the one that was chosen last did not come back; null when there is nothing to tell. */
  get restoreFailure(): RestoreFailure | null {
    return restoreFailure;
  },
  async load(): Promise<void> {
    const answer = await api.get<{
      items: Backup[];
      restoring: string | null;
      restoreFailure: RestoreFailure | null;
      status: Status;
    }>('/backups');
    items = answer.items;
    restoring = answer.restoring;
    restoreFailure = answer.restoreFailure;
    status = answer.status;
  },
  /** Ends when it is written and checked, which takes a while for a large library. */
  async make(content: { secrets: boolean; covers: boolean }): Promise<void> {
    try {
      await api.post<Backup>('/backups', content, { timeout: 600_000 });
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
      await api.delete(pathOf(name));
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
    const instead = restoring === null ? '' : `?instead=${encodeURIComponent(restoring)}`;
    await api.post(`${pathOf(name)}/restore${instead}`, undefined, { timeout: 600_000 });
    restoring = name;
    restoreFailure = null;
  },
  /** It is known that the one that was chosen last did not come back. */
  async noteFailure(): Promise<void> {
    if (restoreFailure !== null) await api.delete(`${pathOf(restoreFailure.name)}/restore`);
    restoreFailure = null;
  },
  async keepToday(): Promise<void> {
    if (restoring !== null) await api.delete(`${pathOf(restoring)}/restore`);
    restoring = null;
  },
  download: (name: string): string => `/api/v1${pathOf(name)}`,
};
