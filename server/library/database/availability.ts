import type { Availability, Waiting } from '../api/availability.ts';
import { setMaxListeners } from 'node:events';
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { retryPause, type RetryPolicy } from '#shared/timing/retryPolicy.ts';
import { BackgroundLoop } from '../../kit/background/loop.ts';
import { type Round, waitInRounds } from '../../kit/background/waitInRounds.ts';
import { type Clock, systemClock } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';
import type { Database } from './database.ts';
import { type DatabaseUnavailable, isDatabaseUnavailable } from '../api/unavailable.ts';

/** How long a request waits for its turn to write, in milliseconds. */
const PATIENCE_MS = 5_000;
/** Between two looks whether it can be written again, in milliseconds. */
const LOOKS_MS: RetryPolicy = { first: 5, longest: 50 };
const LOOK_MS = LOOKS_MS.longest;
/** After a failure for want of room, this much must be free again before anything is written, in bytes. */
const ROOM = 256 * 1024;
/** A lock that is held for less is nobody's business, in milliseconds. */
const NOTIFY_AFTER_MS = 1_000;

/** Locks are held in real time, whatever clock the library has; and no wait for one holds up the end of the process. */
const clock: Clock = {
  ...systemClock,
  sleep: (ms, signal) => sleep(ms, undefined, { ref: false, ...(signal && { signal }) }),
};

export function openAvailability(db: Database, log: Log): Availability {
  const waiting = new Map<string, () => void>();
  const listeners = new Set<(unavailable: DatabaseUnavailable | null) => void>();
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  let unavailable: DatabaseUnavailable | null = null;
  let lastNotified: DatabaseUnavailable | null = null;
  let notifyTimer: NodeJS.Timeout | undefined;
  let looking: Promise<unknown> | null = null;
  const lateWrites = new BackgroundLoop({ name: 'late writes', clock, log, round: flushLate });

  function become(next: DatabaseUnavailable | null): void {
    if (next?.code === unavailable?.code) return;
    unavailable = next;
    clearTimeout(notifyTimer);
    if (next?.code === 'database-busy') notifyTimer = setTimeout(() => notify(next), NOTIFY_AFTER_MS).unref();
    else notify(next);
    if (next) void watch();
  }

  function notify(next: DatabaseUnavailable | null): void {
    if (next?.code === lastNotified?.code) return;
    lastNotified = next;
    if (next) log.warn('library cannot be written', { code: next.code, error: next.cause });
    else log.info('library can be written again');
    for (const listener of listeners) {
      try {
        listener(next);
      } catch (error) {
        log.error('library.listener-failed', { error });
      }
    }
  }

  /** @returns null when a write can be made now. */
  function look(): DatabaseUnavailable | null {
    try {
      if (unavailable === null || unavailable.code === 'database-busy') {
        db.exec('BEGIN IMMEDIATE');
        db.exec('ROLLBACK');
      } else {
        const { bavail, bsize } = statfsSync(dirname(db.file));
        if (bavail * bsize < ROOM) return unavailable;
        db.transaction(tryToWrite);
      }
      become(null);
      return null;
    } catch (error) {
      if (isDatabaseUnavailable(error)) return error;
      throw error;
    }
  }

  /** SQLite writes no page that stays as it is: what is not changed in between would try nothing. */
  function tryToWrite(): void {
    for (const by of [1, -1]) db.run('UPDATE library_state SET last_seq = last_seq + ?', by);
  }

  /** One for all who wait, and for the outage itself: its end is noticed though nobody writes. */
  async function watch(): Promise<void> {
    looking ??= lookOn().finally(() => (looking = null));
    await looking;
  }

  function lookOn(): Promise<unknown> {
    let looks = 1;
    const round = (): Round<boolean> => {
      try {
        if (look() === null) return { found: true };
      } catch (error) {
        // Who waits looks once more themselves, and hears of it.
        log.error('library.not-looked-at', { error });
        return { found: false };
      }
      looks += 1;
      return { pauseMs: retryPause(LOOKS_MS, looks) };
    };
    const firstPauseMs = retryPause(LOOKS_MS, looks);
    return waitInRounds({ name: 'writing to the library', clock, log, signal: closing.signal, firstPauseMs, round });
  }

  async function writable({ patienceMs = PATIENCE_MS, signal }: Waiting = {}): Promise<void> {
    const until = performance.now() + patienceMs;
    // By hand: this is the waiting of one who writes, with an end of its own, and what fails is theirs to hear.
    for (;;) {
      signal?.throwIfAborted();
      closing.signal.throwIfAborted();
      const why = look();
      if (why === null) return;
      const left = until - performance.now();
      if (left <= 0 || (why.code !== 'database-busy' && Number.isFinite(left))) throw why;
      const over = new AbortController();
      const ended = AbortSignal.any([over.signal, closing.signal, ...(signal ? [signal] : [])]);
      // The watch goes on without us; we look again at least this often.
      await Promise.race([watch(), sleep(Math.min(left, 60_000), undefined, { signal: ended }).catch(() => undefined)]);
      over.abort();
    }
  }

  async function written<T>(write: () => T, options: Waiting = {}): Promise<T> {
    const until = performance.now() + (options.patienceMs ?? PATIENCE_MS);
    // By hand, for the same reason.
    for (;;) {
      await writable({ ...options, patienceMs: Math.max(0, until - performance.now()) });
      try {
        return write();
      } catch (error) {
        if (!isDatabaseUnavailable(error) || performance.now() >= until) throw error;
      }
      await clock.sleep(LOOK_MS);
    }
  }

  function flush(): void {
    for (const [key, write] of waiting) {
      write();
      waiting.delete(key);
    }
  }

  async function flushLate(signal: AbortSignal): Promise<number> {
    if (waiting.size === 0) return Infinity;
    await writable({ patienceMs: Infinity, signal });
    try {
      flush();
    } catch (error) {
      if (!isDatabaseUnavailable(error)) {
        log.error('a late write failed', { error });
        waiting.delete(waiting.keys().next().value!);
      }
    }
    return waiting.size > 0 ? LOOK_MS : Infinity;
  }

  db.onUnavailable(become);
  return {
    get unavailable() {
      return unavailable;
    },
    writable,
    written,
    async tried(patienceMs) {
      try {
        await written(() => db.transaction(tryToWrite), { patienceMs });
        return null;
      } catch (error) {
        if (isDatabaseUnavailable(error)) return error;
        throw error;
      }
    },
    soon(key, write) {
      if (db.inTransaction) {
        write();
        waiting.delete(key);
        return;
      }
      try {
        write();
        waiting.delete(key);
      } catch (error) {
        if (!isDatabaseUnavailable(error)) throw error;
        waiting.set(key, write);
        lateWrites.start();
        lateWrites.wake();
      }
    },
    onChange: (listener) => void listeners.add(listener),
    close() {
      try {
        flush();
      } catch (error) {
        log.warn('left unwritten at the end', { keys: [...waiting.keys()].join(' '), error });
      }
      clearTimeout(notifyTimer);
      void lateWrites.stop();
      closing.abort(new Error('The library is closed'));
    },
  };
}
