import type { Availability, Waiting } from '../api/availability.ts';
import { setMaxListeners } from 'node:events';
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../kit/log.ts';
import type { Database } from './database.ts';
import { type DatabaseUnavailable, isDatabaseUnavailable } from '../api/unavailable.ts';

/** How long a request waits for its turn to write, in milliseconds. */
const PATIENCE_MS = 5_000;
const FIRST_LOOK_MS = 5;
const LOOK_MS = 50;
/** After a failure for want of room, this much must be free again before anything is written, in bytes. */
const ROOM = 256 * 1024;
/** A lock that is held for less is nobody's business, in milliseconds. */
const NOTIFY_AFTER_MS = 1_000;

export function openAvailability(db: Database, log: Log): Availability {
  const waiting = new Map<string, () => void>();
  const listeners = new Set<(unavailable: DatabaseUnavailable | null) => void>();
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  let unavailable: DatabaseUnavailable | null = null;
  let lastNotified: DatabaseUnavailable | null = null;
  let telling: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let flushing = false;

  function become(next: DatabaseUnavailable | null): void {
    if (next?.code === unavailable?.code) return;
    unavailable = next;
    clearTimeout(telling);
    if (next?.code === 'database-busy') telling = setTimeout(() => notify(next), NOTIFY_AFTER_MS).unref();
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

  async function lookOn(): Promise<void> {
    for (let pauseMs = FIRST_LOOK_MS; ; pauseMs = Math.min(pauseMs * 2, LOOK_MS)) {
      await sleep(pauseMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
      if (closing.signal.aborted || look() === null) return;
    }
  }

  async function writable({ patienceMs = PATIENCE_MS, signal }: Waiting = {}): Promise<void> {
    const until = performance.now() + patienceMs;
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
    for (;;) {
      await writable({ ...options, patienceMs: Math.max(0, until - performance.now()) });
      try {
        return write();
      } catch (error) {
        if (!isDatabaseUnavailable(error) || performance.now() >= until) throw error;
      }
      await sleep(LOOK_MS, undefined, { ref: false });
    }
  }

  function flush(): void {
    for (const [key, write] of waiting) {
      write();
      waiting.delete(key);
    }
  }

  async function flushSoon(): Promise<void> {
    if (flushing) return;
    flushing = true;
    try {
      while (waiting.size > 0 && !closing.signal.aborted) {
        await writable({ patienceMs: Infinity });
        try {
          flush();
        } catch (error) {
          if (!isDatabaseUnavailable(error)) {
            log.error('a late write failed', { error });
            waiting.delete(waiting.keys().next().value!);
          }
          await sleep(LOOK_MS, undefined, { ref: false });
        }
      }
    } catch (error) {
      if (!closing.signal.aborted) log.error('late writes stopped', { error });
    } finally {
      flushing = false;
    }
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
        void flushSoon();
      }
    },
    onChange: (listener) => void listeners.add(listener),
    close() {
      try {
        flush();
      } catch (error) {
        log.warn('left unwritten at the end', { keys: [...waiting.keys()].join(' '), error });
      }
      clearTimeout(telling);
      closing.abort(new Error('The library is closed'));
    },
  };
}
