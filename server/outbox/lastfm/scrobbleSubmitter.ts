import type { ScrobbleOutbox } from '#shared/api/lastfm.ts';
import { nowSeconds, type Clock } from '../../kit/clock.ts';
import { serviceErrorOf } from '../../kit/http/upstreamError.ts';
import type { Library } from '../../library/api/library.ts';
import type { UnsentScrobble } from '../../library/api/scrobbleOutbox.ts';
import type { ScrobbleTarget } from '../../upstreams/ports.ts';
import type { Delivery } from '../lane.ts';
import type { Sender } from '../sender.ts';
import { submitBatch } from './submitBatch.ts';

/** Last.fm takes plays of about two weeks; older ones are not offered. */
const ACCEPTED_SECONDS = 14 * 86_400;
/** Last.fm forgets nothing it was sent, so nothing is sent while the page still offers Undo. */
const UNDO_SECONDS = 15;
/** A day that is full there is over within so long. */
const FULL_SECONDS = 3_600;
/** Of those not taken, how many are listed. */
const SHOWN = 5;
const SERVICE = 'lastfm-manual-scrobbles';

/** What survives a restart. */
interface SubmitterState {
  /** Manual listens up to here were logged before the switch was turned on. */
  mark: number;
}

export interface ScrobbleSubmitterOptions {
  library: Pick<Library, 'scrobbleOutbox' | 'states'>;
  clock: Clock;
  /** The client for the settings as they are now; null while Last.fm is not configured. */
  target: () => ScrobbleTarget | null;
  /** The person wants their manual listens on Last.fm. */
  wanted: () => boolean;
  /** A session allows to write. */
  maySubmit: () => boolean;
}

/**
 * Sends manual listens to Last.fm, once each, in batches. What was accepted and not marked, because the process ended between
 * the two, is sent again in the same words, which Last.fm takes as the same play.
 */
export class ScrobbleSubmitter implements Sender<UnsentScrobble> {
  readonly kind = 'scrobble';
  readonly #o: ScrobbleSubmitterOptions;

  constructor(options: ScrobbleSubmitterOptions) {
    this.#o = options;
  }

  status({ error }: Delivery): ScrobbleOutbox {
    return {
      on: this.isWanted(),
      waiting: this.#unsent().length,
      ...this.#o.library.scrobbleOutbox.outcomes(SHOWN),
      lastError: error?.message ?? null,
      trouble: serviceErrorOf(error),
    };
  }

  /** To be called at start and when settings change: the switch holds for what is logged after it was turned on. */
  settingsChanged(): void {
    const { scrobbleOutbox, states } = this.#o.library;
    if (this.isWanted() === (this.#mark() !== undefined)) return;
    states.set(SERVICE, this.isWanted() ? ({ mark: scrobbleOutbox.mark() } satisfies SubmitterState) : undefined);
  }

  waiting(): UnsentScrobble[] {
    return this.#unsent().filter((play) => !this.#isTooOld(play));
  }

  expire(): void {
    const tooOld = this.#unsent().filter((play) => this.#isTooOld(play));
    if (tooOld.length > 0)
      this.#o.library.scrobbleOutbox.markResults(tooOld.map(({ id }) => ({ id, outcome: 'too-old' })));
  }

  isWanted(): boolean {
    return this.#o.wanted();
  }

  isReady(): boolean {
    return this.#o.target() !== null && this.#o.maySubmit();
  }

  /** Nothing is sent before it began, nor while it can be undone on the page. */
  dueInSeconds({ playedAt, recordedAt }: UnsentScrobble): number {
    return Math.max(playedAt, recordedAt + UNDO_SECONDS) - nowSeconds(this.#o.clock);
  }

  largestBatch(): number {
    return this.#o.target()?.largestBatch ?? 1;
  }

  async send(
    plays: readonly UnsentScrobble[],
    signal: AbortSignal,
  ): Promise<{ marked: number; pauseSeconds?: number }> {
    const target = this.#o.target();
    if (!target) throw new Error('Last.fm is no longer connected');
    const { marked, isFull } = await submitBatch(target, plays, this.#o.library.scrobbleOutbox, signal);
    return { marked, ...(isFull && { pauseSeconds: FULL_SECONDS }) };
  }

  #unsent(): UnsentScrobble[] {
    const mark = this.#mark();
    return mark === undefined ? [] : this.#o.library.scrobbleOutbox.unsent(mark);
  }

  #isTooOld({ playedAt }: UnsentScrobble): boolean {
    return playedAt < nowSeconds(this.#o.clock) - ACCEPTED_SECONDS;
  }

  #mark(): number | undefined {
    return this.#o.library.states.get<SubmitterState>(SERVICE)?.mark;
  }
}
