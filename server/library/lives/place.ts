import { closeSync, copyFileSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import type { Database } from '../database.ts';

/** What is at the place of the file that is open: itself, nothing, or another file. */
export type AtPlace = 'itself' | 'nothing' | 'another';

/** The file that a database has open, told from whatever is put in its place. */
export class FilePlace {
  readonly #file: string;
  readonly #opening: string;
  readonly #inode: number;
  readonly #logInode: number | undefined;
  /** Where in the file the token of this opening is. */
  readonly #page: { at: number; size: number };
  #known = '';

  constructor(db: Database, opening: string) {
    this.#file = db.file;
    this.#opening = opening;
    this.#inode = statSync(db.file).ino;
    this.#logInode = statSync(`${db.file}-wal`, { throwIfNoEntry: false })?.ino;
    const { size } = db.get<{ size: number }>('SELECT page_size AS size FROM pragma_page_size')!;
    const { root } = db.get<{ root: number }>("SELECT rootpage AS root FROM sqlite_master WHERE name = 'library_state'")!;
    this.#page = { at: (root - 1) * size, size };
  }

  /** Cheap enough to be asked before each answer: only a file that changed is read, and of it one page. */
  look(): AtPlace {
    const found = statSync(this.#file, { throwIfNoEntry: false });
    if (found === undefined) return 'nothing';
    if (found.ino !== this.#inode) return 'another';
    const now = `${found.size} ${found.mtimeMs}`;
    if (now === this.#known) return 'itself';
    if (!this.#bearsToken()) return 'another';
    this.#known = now;
    return 'itself';
  }

  /**
   * Keeps what was put in the place from what closing the database does: that writes the log into the file that is open, and removes
   * whatever log has the name. @returns puts a log that came with the other file back; to be called when the database is closed.
   */
  protect(aside: string): () => void {
    const found = statSync(this.#file, { throwIfNoEntry: false });
    if (found?.ino === this.#inode) {
      // Written over in place: the other content moves into a file of its own.
      copyFileSync(this.#file, `${this.#file}.incoming`);
      renameSync(this.#file, aside);
      renameSync(`${this.#file}.incoming`, this.#file);
    }
    const log = `${this.#file}-wal`;
    const logFound = statSync(log, { throwIfNoEntry: false });
    const broughtAlong = logFound !== undefined && logFound.ino !== this.#logInode;
    if (broughtAlong) renameSync(log, `${log}.incoming`);
    return () => {
      for (const part of ['-wal', '-shm']) rmSync(this.#file + part, { force: true });
      if (broughtAlong) renameSync(`${log}.incoming`, log);
    };
  }

  #bearsToken(): boolean {
    const descriptor = openSync(this.#file, 'r');
    try {
      const page = Buffer.alloc(this.#page.size);
      readSync(descriptor, page, 0, page.length, this.#page.at);
      return page.includes(this.#opening);
    } finally {
      closeSync(descriptor);
    }
  }
}
