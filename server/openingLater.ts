/** A library that cannot be opened at the moment, because another program or its disk does not allow it: tried again until it can be. */

import { existsSync } from 'node:fs';
import { type Round, waitInRounds } from './kit/background/waitInRounds.ts';
import type { Clock } from './kit/clock.ts';
import type { Log } from './kit/log.ts';
import { asUnavailable, type DatabaseUnavailable, isDatabaseUnavailable } from './library/api/unavailable.ts';
import { type DataFolder, unavailability, untilDatabasesClosed } from './library/index.ts';
import { unavailableMessage } from './recovery/terminalMessages.ts';

/** The pauses between two tries to open a library that is locked, or whose disk does not allow it, in milliseconds. */
const LOCKED_MS = 1_000;
const DISK_MS = 10_000;

export interface OpeningLaterOptions {
  clock: Clock;
  log: Log;
  folder: DataFolder;
  /** Opens the library. @throws as long as that cannot be. */
  open: () => Promise<void>;
  /** Whether the library was left because its folder or disk is away, and whether that is so still. */
  isAway: () => boolean;
  staysAway: () => boolean;
  /** Called with what it waits for, at first and when that changes. */
  onWaiting: (why: DatabaseUnavailable) => void;
  /** It cannot be opened ever. */
  giveUp: (error: Error) => void;
  /** Ends the tries. */
  signal: AbortSignal;
}

export class OpeningLater {
  readonly #o: OpeningLaterOptions;
  #reason = '';
  #opened: Promise<boolean> | null = null;

  constructor(options: OpeningLaterOptions) {
    this.#o = options;
  }

  /** What it waits for, in words, and whether it was opened in the end; null while nothing waits. */
  get waiting(): { reason: string; opened: Promise<boolean> } | null {
    return this.#opened && { reason: this.#reason, opened: this.#opened };
  }

  begin(why: DatabaseUnavailable): void {
    this.#note(why);
    this.#opened = this.#open(why).finally(() => (this.#opened = null));
  }

  /** @returns resolves when nothing is tried any more. */
  async ended(): Promise<void> {
    await this.#opened;
  }

  /** @returns whether something is open; false when the server ends before. */
  async #open(first: DatabaseUnavailable): Promise<boolean> {
    const { clock, log, signal } = this.#o;
    let why = first;
    const pauseMs = () => (why.code === 'database-busy' || this.#o.isAway() ? LOCKED_MS : DISK_MS);
    const round = async (): Promise<Round<boolean>> => {
      try {
        return (await this.#try(why)) ? { found: true } : { pauseMs: pauseMs() };
      } catch (error) {
        const now = asUnavailable(error);
        if (!isDatabaseUnavailable(now)) {
          this.#o.giveUp(error as Error);
          return { found: false };
        }
        if (now.code !== why.code) this.#note(now);
        why = now;
        return { pauseMs: pauseMs() };
      }
    };
    const opened = await waitInRounds({
      name: 'opening the library',
      clock,
      log,
      signal,
      firstPauseMs: pauseMs(),
      round,
    });
    return opened ?? false;
  }

  /** @returns false where it is in vain to try. */
  async #try(why: DatabaseUnavailable): Promise<boolean> {
    const { folder, isAway, staysAway, open } = this.#o;
    // While it is locked nothing else is looked at: reading a large library whole takes seconds.
    if (why.code === 'database-busy' && existsSync(folder.library) && unavailability(folder.library) !== null)
      return false;
    if (isAway() && staysAway()) return false;
    await untilDatabasesClosed(folder.library);
    await open();
    return true;
  }

  #note(why: DatabaseUnavailable): void {
    const { folder, log, onWaiting } = this.#o;
    this.#reason = unavailableMessage(folder.library, why);
    onWaiting(why);
    log.warn('library.waits', { code: why.code, why: this.#reason });
  }
}
