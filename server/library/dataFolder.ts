import { join } from 'node:path';
import { holdDataFolder } from './dataLock.ts';

/** A data folder that this process holds, and may lend for a moment to a program that puts something in the library's place. */
export class DataFolder {
  readonly path: string;
  readonly #tell: (words: string) => void;
  #letGo: (() => void) | null = null;

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
    this.#letGo ??= holdDataFolder(this.path, this.#tell);
  }

  letGo(): void {
    this.#letGo?.();
    this.#letGo = null;
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
