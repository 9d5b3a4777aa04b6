import { closeSync, fsyncSync, openSync, readSync } from 'node:fs';
import { type Clock, nowSeconds } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';
import { type Marker, type OpenMarker, overwriteMarker, writeMarkerOpen } from './marker.ts';

/** The longest that what happened last may be unknown after a power cut, in milliseconds. */
const DURABLE_EVERY_MS = 1_000;

/** Keeps the marker in step with the database: what it says is in the system's hands after each commit, and on the disk soon after. */
export class MarkerKeeper {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #log: Log;
  /** What changes rarely and takes time to find out; asked for when the marker is written durably. */
  readonly #counts: () => Marker['counts'];
  #marker: Marker;
  #open: OpenMarker | null = null;
  #timer: NodeJS.Timeout | null = null;
  #durableAt = -Infinity;
  #failing = false;

  constructor(
    path: string,
    marker: Marker,
    { clock, log, counts }: { clock: Clock; log: Log; counts: () => Marker['counts'] },
  ) {
    this.#path = path;
    this.#marker = marker;
    this.#clock = clock;
    this.#log = log;
    this.#counts = counts;
  }

  get marker(): Marker {
    return this.#marker;
  }

  /** Notes what a commit changed. Never throws: a marker that cannot be written is no reason to fail a commit. */
  note(change: Partial<Marker>): void {
    this.#marker = { ...this.#marker, ...change };
    const now = performance.now();
    if (this.#open === null || now - this.#durableAt >= DURABLE_EVERY_MS) return this.settle();
    this.#attempt(() => {
      if (!overwriteMarker(this.#open!, this.#marker)) this.#durable();
    });
    this.#timer ??= setTimeout(() => this.settle(), DURABLE_EVERY_MS).unref();
  }

  /** Writes it durably now. */
  settle(): void {
    this.#attempt(() => this.#durable());
  }

  close(): void {
    this.settle();
    this.#letGo();
  }

  /** Leaves the marker as it is: the library in its place is not this one any more. */
  abandon(): void {
    this.#stopTimer();
    this.#letGo();
  }

  #durable(): void {
    this.#stopTimer();
    this.#marker = { ...this.#marker, counts: this.#counts(), writtenAt: nowSeconds(this.#clock) };
    if (this.#open !== null) fsyncSync(this.#open.descriptor);
    const written = writeMarkerOpen(this.#path, this.#marker);
    this.#letGo();
    this.#open = written;
    this.#marker = { ...this.#marker, self: written.self };
    this.#durableAt = performance.now();
  }

  #attempt(write: () => void): void {
    try {
      write();
      this.#failing = false;
    } catch (error) {
      // Said once; it is tried again at each commit.
      if (!this.#failing) this.#log.error('library.marker-not-written', { path: this.#path, error });
      this.#failing = true;
    }
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #letGo(): void {
    if (this.#open !== null) closeSync(this.#open.descriptor);
    this.#open = null;
  }
}

/** Reads the salts of a write-ahead log again and again. */
export class LogSalts {
  readonly #path: string;
  #descriptor: number | null = null;
  readonly #header = Buffer.alloc(24);

  /** @param file of the database */
  constructor(file: string) {
    this.#path = `${file}-wal`;
  }

  /** @returns null while nothing is in it. */
  read(): [number, number] | null {
    try {
      this.#descriptor ??= openSync(this.#path, 'r');
      if (readSync(this.#descriptor, this.#header, 0, 24, 0) < 24) return null;
      return [this.#header.readUInt32BE(16), this.#header.readUInt32BE(20)];
    } catch {
      // There is no log, as on a disk that cannot have one.
      return null;
    }
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}
