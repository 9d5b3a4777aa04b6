import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../kit/clock.ts';
import { silentLog } from '../../../kit/log.ts';
import { restoreBackup } from '../../backup/restore.ts';
import type { Library } from '../../api/library.ts';
import type { ScrobbleInput } from '../../api/scrobbles.ts';
import { openLibrary } from '../../openLibrary.ts';
import { START } from '../library.ts';

export const TIME_ZONE = 'Europe/Paris';

/** What a library is known to have been given, recorded beside it: the truth that it is compared with. */
export interface Memory {
  /** Reports by `source key`, with the moment of each play. */
  reported: Map<string, { playedAt: number }>;
  /** Ids of the reports of listens that a person deleted at any time. */
  deleted: Set<number>;
  /** Groups of manually logged listens that were taken back. */
  withdrawn: Set<string>;
  /** Texts that a person wrote and did not replace. */
  written: Set<string>;
}

/** A library with a life: it takes reports and mutations, is closed, brought back from backups, and its archive stays where it is. */
export class LibraryUnderTest {
  library: Library;
  memory: Memory = { reported: new Map(), deleted: new Set(), withdrawn: new Set(), written: new Set() };
  /** Listens that were deleted, groups that were added, pairs that were merged, reports that were split: to be undone. */
  readonly deleted: number[] = [];
  readonly groups: string[] = [];
  readonly merged: [number, number][] = [];
  readonly split: { listenId: number; scrobbleId: number }[] = [];
  pass = 0;
  textCount = 0;
  readonly #folder = mkdtempSync(join(tmpdir(), 'aime-history-'));
  #backup: { file: string; memory: Memory } | undefined;

  readonly #letGo: () => Promise<void>;

  /** @param letGo resolves when this process holds no file of a closed library any more. */
  constructor(letGo: () => Promise<void>) {
    this.#letGo = letGo;
    this.library = this.#open();
  }

  record(reports: readonly ScrobbleInput[]): void {
    this.library.scrobbles.record(reports);
    for (const { source, sourceKey, playedAt } of reports) {
      const key = `${source} ${sourceKey}`;
      if (!this.memory.reported.has(key)) this.memory.reported.set(key, { playedAt });
    }
  }

  async backUp(): Promise<void> {
    this.library.close();
    await this.#letGo();
    mkdirSync(join(this.#folder, 'backups'), { recursive: true });
    this.#backup = {
      file: join(this.#folder, 'backups', 'musique-of-the-test.db'),
      memory: structuredClone(this.memory),
    };
    for (const part of ['', '-wal']) {
      if (existsSync(this.library.file + part)) copyFileSync(this.library.file + part, this.#backup.file + part);
      else rmSync(this.#backup.file + part, { force: true });
    }
    this.library = this.#open();
  }

  /** Brings the last backup back; what was given since is forgotten, but for what sources report again. */
  async restore(): Promise<void> {
    if (this.#backup === undefined) return;
    const { file, memory } = this.#backup;
    this.library.close();
    await this.#letGo();
    await restoreBackup({ file, dataDir: this.#folder, configDir: this.#folder, clock: systemClock });
    this.library = this.#open();
    this.memory = structuredClone(memory);
  }

  get archive(): string {
    return join(this.#folder, 'archive');
  }

  close(): void {
    this.library.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #open(): Library {
    // After every moment in the steps.
    const now = (START + 40 * 86_400) * 1000;
    const clock = { now: () => now, elapsed: () => now, sleep: () => Promise.resolve() };
    return openLibrary({
      file: join(this.#folder, 'musique.db'),
      backupsDir: join(this.#folder, 'backups'),
      clock,
      log: silentLog,
      timeZone: TIME_ZONE,
    });
  }
}
