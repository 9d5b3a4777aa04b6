import type { AtPlace } from '../api/libraryIdentity.ts';
import {
  appendFileSync,
  fstatSync,
  lstatSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from '../database/database.ts';
import { FolderIdentity, statOf } from '../files/folderIdentity.ts';
import { furthestMark, type OpeningMark } from './opening.ts';

/** Where SQLite counts the changes of its first page in a file's header, big-endian: it never goes back. */
const CHANGES_OFFSET = 24;

/** What was last seen in the file itself. What is in the log is not in it yet. */
interface Seen {
  /** Null for a file that was never opened before. */
  mark: OpeningMark | null;
  changes: number;
}

/**
 * The file that a database has open, distinguished from whatever is put in its place. Checkpoints write to it, this process's and other
 * programs': they take what it says of itself further, and never back.
 */
export class FilePlace {
  readonly #file: string;
  readonly #descriptor: number;
  readonly #token: string;
  readonly #folder: FolderIdentity;
  readonly #inode: number;
  /** The disk's number. Another disk may have given the file's number too. */
  readonly #disk: number | undefined;
  readonly #logInode: number | undefined;
  /** Where in the file the mark of its opening is. */
  readonly #page: { at: number; size: number };
  #known: string;
  #seen: Seen;
  /** How often the file was found changed by what was no commit here: another program's checkpoint, or somebody who wrote into it. */
  #touched = 0;
  /** It was written over: what this process writes to it afterwards does not make it the same again. */
  #exchanged = false;

  /** @param before what the file said before this opening. To be called as soon as it says `token`. */
  constructor(db: Database, { token, before }: { token: string; before: OpeningMark | null }) {
    this.#file = db.file;
    this.#descriptor = db.descriptor;
    this.#token = token;
    const found = fstatSync(db.descriptor);
    this.#folder = new FolderIdentity(dirname(db.file));
    this.#inode = found.ino;
    this.#disk = statOf(db.file)?.dev;
    this.#logInode = statSync(`${db.file}-wal`, { throwIfNoEntry: false })?.ino;
    const { size } = db.get<{ size: number }>('SELECT page_size AS size FROM pragma_page_size')!;
    const { root } = db.get<{ root: number }>(
      "SELECT rootpage AS root FROM sqlite_master WHERE name = 'library_state'",
    )!;
    this.#page = { at: (root - 1) * size, size };
    this.#known = stampOf(found);
    // Where somebody else reads it, the token waits in the log: until it comes, the file says what it said before.
    const { mark, changes } = this.#read(before);
    this.#seen = { mark: mark ?? before, changes };
  }

  /**
   * Cheap enough to be asked before each answer and each commit: only a file that changed is read, and of it one page.
   * @param committed this process has just committed, which may have changed the file.
   */
  look({ committed = false } = {}): AtPlace {
    const found = statOf(this.#file);
    if (found === undefined) return this.#isAway() ? 'away' : 'nothing';
    if (this.#exchanged || !this.#isOwn(found)) return 'another';
    const stamp = stampOf(found);
    if (stamp === this.#known) return 'itself';
    if (!committed) this.#touched += 1;
    if (!this.#goesOn()) {
      this.#exchanged = true;
      return 'another';
    }
    this.#known = stamp;
    return 'itself';
  }

  get touched(): number {
    return this.#touched;
  }

  /** The commits that are in the file itself; 0 while it does not have the token of this opening. */
  get commits(): number {
    return this.#seen.mark?.token === this.#token ? this.#seen.mark.commits : 0;
  }

  /**
   * Keeps what was put in the place from what closing the database does: that writes the log into the file that is open, and removes
   * whatever log has the name. @returns puts a log that came with the other file back; to be called when the database is closed.
   */
  protect(aside: string): () => void {
    const found = statSync(this.#file, { throwIfNoEntry: false });
    if (this.#exchanged && this.#isOwn(found)) {
      // Written over in place: the other content moves into a file of its own.
      copyOf(this.#descriptor, `${this.#file}.incoming`);
      renameSync(this.#file, aside);
      renameSync(`${this.#file}.incoming`, this.#file);
    }
    const log = `${this.#file}-wal`;
    const logFound = statSync(log, { throwIfNoEntry: false });
    const broughtAlong = logFound !== undefined && logFound.ino !== this.#logInode;
    if (broughtAlong) renameSync(log, `${log}.incoming`);
    return () => {
      // Where the file itself is there again, its log is its own.
      if (!this.#isOwn(statOf(this.#file)))
        for (const part of ['-wal', '-shm']) rmSync(this.#file + part, { force: true });
      if (broughtAlong) renameSync(`${log}.incoming`, log);
    };
  }

  #isOwn(found: Stats | undefined): boolean {
    return found?.ino === this.#inode && found.dev === this.#disk;
  }

  /** True when the file still has a name somewhere that its path does not lead to: a file that was removed has none. */
  #isAway(): boolean {
    if (this.#folder.isThere() && lstatSync(this.#file, { throwIfNoEntry: false })?.isSymbolicLink() !== true)
      return false;
    try {
      return fstatSync(this.#descriptor).nlink > 0;
    } catch {
      return true;
    }
  }

  /** True when what the file says is no less than what it said. */
  #goesOn(): boolean {
    const before = this.#seen.mark;
    const now = this.#read(before);
    if (now.changes < this.#seen.changes) return false;
    if (before !== null && (now.mark === null || now.mark.commits < before.commits)) return false;
    this.#seen = now;
    return true;
  }

  /** @param before whose token it may bear as well. */
  #read(before: OpeningMark | null): Seen {
    const tokens = [this.#token, ...(before === null ? [] : [before.token])];
    const [page, header] = [Buffer.alloc(this.#page.size), Buffer.alloc(100)];
    readSync(this.#descriptor, page, 0, page.length, this.#page.at);
    readSync(this.#descriptor, header, 0, header.length, 0);
    return { mark: furthestMark(page, tokens), changes: header.readUInt32BE(CHANGES_OFFSET) };
  }
}

const PIECE = 1024 * 1024;

/** Copies without opening the file again: whoever closes it releases SQLite’s locks. */
function copyOf(descriptor: number, target: string): void {
  const piece = Buffer.alloc(PIECE);
  writeFileSync(target, '', { mode: 0o600 });
  for (let at = 0, read = PIECE; read > 0; at += read) {
    read = readSync(descriptor, piece, 0, PIECE, at);
    appendFileSync(target, piece.subarray(0, read));
  }
}

const stampOf = ({ size, mtimeMs, ctimeMs }: { size: number; mtimeMs: number; ctimeMs: number }): string =>
  `${size} ${mtimeMs} ${ctimeMs}`;
