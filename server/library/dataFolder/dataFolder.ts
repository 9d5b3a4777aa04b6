import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DataLock, holdDataFolder } from './dataLock.ts';
import { FolderIdentity } from '../files/folderIdentity.ts';

/** A data folder that this process holds, and may lend for a moment to a program that puts something in the library's place. */
export class DataFolder {
  readonly path: string;
  readonly #notify: (message: string) => void;
  #lock: DataLock | null = null;
  #seen: FolderIdentity | null = null;

  /** @param notify see {@link holdDataFolder}. @throws {DataFolderInUse} when another process has it. */
  constructor(path: string, notify: (message: string) => void) {
    this.path = path;
    this.#notify = notify;
    this.hold();
  }

  get library(): string {
    return join(this.path, 'musique.db');
  }

  get backups(): string {
    return join(this.path, 'backups');
  }

  hold(): void {
    this.#lock ??= holdDataFolder(this.path, this.#notify);
    this.#seen = new FolderIdentity(this.path);
  }

  letGo(): void {
    this.#lock?.letGo();
    this.#lock = null;
  }

  /** True while its path leads to nothing, or to a folder without a library that is another one: its disk dropped out, say. */
  get isAway(): boolean {
    return this.#seen !== null && !this.#seen.isThere() && !existsSync(this.library);
  }

  /** Sees to it that no other process can take it, unless it is away: nothing is made in its place. See {@link DataLock.keep}. */
  keep(): boolean {
    if (this.isAway || this.#lock === null) return false;
    const isNew = this.#lock.keep();
    if (isNew) this.#seen = new FolderIdentity(this.path);
    return isNew;
  }

  /** Lets another program have it while `work` runs. */
  async lend<T>(work: () => Promise<T>): Promise<T> {
    this.letGo();
    try {
      return await work();
    } finally {
      this.hold();
    }
  }
}
