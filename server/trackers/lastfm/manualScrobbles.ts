import type { Trouble } from '#shared/library/household.ts';
import { nowSeconds, type Clock } from '../../kit/clock.ts';
import { isUpstreamError, troubleOf } from '../../kit/http/upstreamError.ts';
import type { Log } from '../../kit/log.ts';
import { supervise } from '../../kit/background/supervisor.ts';
import type { Library } from '../../library/contract.ts';
import type { NotTaken, UntoldScrobble } from '../../library/manualScrobbles.ts';
import type { ScrobbleTarget } from '../../upstreams/ports.ts';
import { tellScrobbles } from './tellScrobbles.ts';

/** Last.fm takes plays of about two weeks; older ones are not offered. */
const ACCEPTED_SECONDS = 14 * 86_400;
/** Last.fm forgets nothing it was told, so nothing is told while the page still offers Undo. */
const UNDO_SECONDS = 15;
const FIRST_RETRY_SECONDS = 10;
const LONGEST_RETRY_SECONDS = 600;
const HOUR = 3_600;
/** Of those not taken, how many are told of. */
const SHOWN = 5;
const SERVICE = 'lastfm-manual-scrobbles';

/** What survives a restart. */
interface TellerState {
  /** What was logged by hand up to here was logged before the switch was turned on. */
  mark: number;
}

export interface ManualScrobblesStatus {
  on: boolean;
  /** Logged since the switch was turned on, and not told yet. */
  waiting: number;
  taken: number;
  /** Seconds since the epoch. */
  lastTakenAt: number | null;
  /** The latest that Last.fm does not have, and why. */
  notTaken: NotTaken[];
  lastError: string | null;
  trouble: Trouble | null;
}

export interface ManualScrobbleTellerOptions {
  library: Library;
  clock: Clock;
  log: Log;
  /** The client for the settings as they are now; null while Last.fm is not configured. */
  target: () => ScrobbleTarget | null;
  /** The person wants what they log by hand on Last.fm. */
  wanted: () => boolean;
  /** A session allows to write. */
  canTell: () => boolean;
  onStatus: () => void;
}

/**
 * Tells Last.fm of listens logged by hand, once each. What was accepted and not noted, because the process ended between
 * the two, is told again in the same words, which Last.fm takes as the same play.
 */
export class ManualScrobbleTeller {
  readonly #o: ManualScrobbleTellerOptions;
  #loop: { abort: AbortController; done: Promise<void> } | null = null;
  #wake: (() => void) | null = null;
  /** Asked for while it was at work: it looks again before it sleeps. */
  #woken = false;
  /** By the clock that nobody sets: nothing is sent before. */
  #notBefore = -Infinity;
  #failures = 0;
  #error: Error | null = null;
  #refused = false;
  /** Though it was refused, it is tried once more. */
  #again = false;

  constructor(options: ManualScrobbleTellerOptions) {
    this.#o = options;
  }

  status(): ManualScrobblesStatus {
    const { library } = this.#o;
    const mark = this.#mark();
    return {
      on: this.#o.wanted(),
      waiting: mark === undefined ? 0 : library.manualScrobbles.untold(mark).length,
      ...library.manualScrobbles.outcomes(SHOWN),
      lastError: this.#error?.message ?? null,
      trouble: troubleOf(this.#error),
    };
  }

  /** Why nothing is told before a person acts; null when nothing is in the way. */
  refusal(): string | null {
    return this.#refused ? (this.#error?.message ?? null) : null;
  }

  /** To be called at start and when settings change: what was refused is tried anew. */
  resume(): void {
    const { library, wanted } = this.#o;
    if (wanted() !== (this.#mark() !== undefined)) {
      library.states.set(
        SERVICE,
        wanted() ? ({ mark: library.manualScrobbles.mark() } satisfies TellerState) : undefined,
      );
    }
    if (this.#refused || !wanted()) this.#error = null;
    this.#refused = false;
    this.#loop ??= this.#begin();
    this.tellSoon();
  }

  /** Something was logged or taken back; an agreed pause still holds. */
  tellSoon(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /** Last.fm answered somebody else well: what was refused is offered once more, and said to be refused until it is taken. */
  tryAgain(): void {
    if (!this.#refused) return;
    this.#again = true;
    this.#notBefore = -Infinity;
    this.tellSoon();
  }

  /** A person wants Last.fm asked now: no pause holds. */
  tryNow(): void {
    this.#notBefore = -Infinity;
    this.resume();
  }

  /** For the end of the process: what is not told waits for the next start. */
  async close(): Promise<void> {
    this.#loop?.abort.abort();
    await this.#loop?.done;
    this.#loop = null;
  }

  #mark(): number | undefined {
    return this.#o.library.states.get<TellerState>(SERVICE)?.mark;
  }

  #begin(): { abort: AbortController; done: Promise<void> } {
    const abort = new AbortController();
    const { clock, log } = this.#o;
    return {
      abort,
      done: supervise('scrobble teller', (signal) => this.#run(signal), { clock, log, signal: abort.signal }),
    };
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let pause: number;
      this.#woken = false;
      try {
        pause = await this.#round(signal);
      } catch (error) {
        if (signal.aborted) return;
        pause = this.#failed(error instanceof Error ? error : new Error(String(error)));
      }
      await this.#wait(pause, signal);
    }
  }

  /** Tells what is due. @returns seconds until there is more to do. */
  async #round(signal: AbortSignal): Promise<number> {
    const { library, clock } = this.#o;
    const mark = this.#mark();
    if (mark === undefined) return Infinity;
    const untold = library.manualScrobbles.untold(mark);
    const now = nowSeconds(clock);
    const tooOld = untold.filter(({ playedAt }) => playedAt < now - ACCEPTED_SECONDS);
    if (tooOld.length > 0) library.manualScrobbles.note(tooOld.map(({ id }) => ({ id, outcome: 'too-old' })));
    const open = untold.filter(({ playedAt }) => playedAt >= now - ACCEPTED_SECONDS);
    const target = this.#o.target();
    // Looked at again from time to time all the same: what waits too long grows too old.
    if (!target || !this.#o.canTell() || (this.#refused && !this.#again)) return open.length > 0 ? HOUR : Infinity;
    const blocked = Math.ceil((this.#notBefore - clock.elapsed()) / 1_000);
    if (blocked > 0) return blocked;
    const due = open.filter((play) => dueAt(play) <= now).slice(0, target.largestBatch);
    if (due.length === 0) return Math.min(...open.map((play) => dueAt(play) - now), Infinity);
    this.#again = false;
    const { noted, full } = await tellScrobbles(target, due, library.manualScrobbles, signal);
    this.#succeeded();
    this.#o.log.info('plays told', { source: 'lastfm', told: noted });
    if (!full) return 0;
    this.#notBefore = clock.elapsed() + HOUR * 1_000;
    return HOUR;
  }

  #succeeded(): void {
    this.#failures = 0;
    this.#error = null;
    this.#refused = false;
    this.#o.onStatus();
  }

  /** @returns seconds until the next try. */
  #failed(error: Error): number {
    this.#failures += 1;
    this.#error = error;
    this.#o.log.warn('plays not told', { source: 'lastfm', error });
    const pause = pauseAfter(error, this.#failures);
    this.#refused = isUpstreamError(error) && error.kind === 'refused';
    this.#notBefore = this.#o.clock.elapsed() + pause * 1_000;
    this.#o.onStatus();
    return this.#refused ? HOUR : pause;
  }

  /** Sleeps until there is something to do, or somebody says so; an hour at most. */
  async #wait(seconds: number, signal: AbortSignal): Promise<void> {
    if (seconds <= 0 || this.#woken) return;
    const early = new AbortController();
    this.#wake = () => early.abort();
    await this.#o.clock
      .sleep(Math.min(seconds, HOUR) * 1_000, AbortSignal.any([signal, early.signal]))
      .catch((reason: unknown) => {
        if (!signal.aborted && !early.signal.aborted) throw reason;
      });
    this.#wake = null;
  }
}

/** Nothing is told before it began, nor while it can be undone on the page. Seconds since the epoch. */
const dueAt = ({ playedAt, recordedAt }: UntoldScrobble): number => Math.max(playedAt, recordedAt + UNDO_SECONDS);

/** Seconds: what Last.fm asks for, else longer with each failure in a row. */
function pauseAfter(error: Error, failures: number): number {
  const growing = Math.min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** Math.min(failures - 1, 6));
  return Math.max(isUpstreamError(error) ? (error.retryAfterSeconds ?? 0) : 0, growing);
}
