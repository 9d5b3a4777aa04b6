import { join } from 'node:path';
import { type DataLock, holdDataFolder } from './dataLock.ts';

/** A data folder that this process holds, and may lend for a moment to a program that puts something in the library's place. */
export class DataFolder {
  readonly path: string;
  readonly #tell: (words: string) => void;
  #lock: DataLock | null = null;

  /** @param tell see {@link holdDataFolder}. @throws {DataFolderInUse} when another process has it. */
  constructor(path: string, tell: (words: string) => void) {
    this.path = path;
    this.#tell = tell;
    this.hold();
  }

  get library(): string {
    return join(this.path, 'musique.db');
  }

  get backups(): string {
    return join(this.path, 'backups');
  }

  hold(): void {
    this.#lock ??= holdDataFolder(this.path, this.#tell);
  }

  letGo(): void {
    this.#lock?.letGo();
    this.#lock = null;
  }

  /** Sees to it that no other process can take it. See {@link DataLock.keep}. */
  keep(): boolean {
    return this.#lock?.keep() ?? false;
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
