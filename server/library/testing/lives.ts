import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { silentLog } from '../../kit/log.ts';
import { restoreBackup } from '../backup/restore.ts';
import type { Library } from '../api/library.ts';
import { openLibrary } from '../openLibrary.ts';
import { START } from './library.ts';

/** A library that can be backed up and restored while a test holds it; `library` is always the life that goes on. */
export class Lives {
  readonly #folder = mkdtempSync(join(tmpdir(), 'aime-lives-'));
  readonly #file = join(this.#folder, 'musique.db');
  readonly #backup = join(this.#folder, 'kept.db');
  now = START * 1000;
  readonly #clock = { now: () => this.now, elapsed: () => this.now, sleep: () => Promise.resolve() };
  library: Library = this.#open();

  constructor() {
    onTestFinished(() => this.dispose());
  }

  /** Keeps the library as it is now. */
  backUp(): void {
    this.library.close();
    for (const part of ['', '-wal']) {
      rmSync(this.#backup + part, { force: true });
      if (existsSync(this.#file + part)) copyFileSync(this.#file + part, this.#backup + part);
    }
    this.library = this.#open();
  }

  /** Puts the backup back: everything since is as if it had never been, and ids may be given out again. */
  async restore(): Promise<void> {
    this.library.close();
    await restoreBackup({ file: this.#backup, dataDir: this.#folder, configDir: this.#folder, clock: this.#clock });
    this.library = this.#open();
  }

  dispose(): void {
    this.library.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #open(): Library {
    return openLibrary({
      file: this.#file,
      backupsDir: this.#folder,
      clock: this.#clock,
      log: silentLog,
      timeZone: 'UTC',
    });
  }
}
