import type { Clock } from '../../kit/clock.ts';
import type { Loves } from '../../library/api/loves.ts';

/**
 * What Last.fm says of loves, taken over as far as it is no older than what it was sent. An answer that was asked for before a love
 * was sent may not know of it yet: taken at its word, it would undo what the person has just done.
 */
export class LoveReports {
  readonly #loves: Loves;
  readonly #clock: Clock;
  /** When the love of a track was sent last since the start, by the clock that nobody sets. */
  readonly #sentAt = new Map<number, number>();

  constructor(loves: Loves, clock: Clock) {
    this.#loves = loves;
    this.#clock = clock;
  }

  /** What Last.fm is asked for now is answered as of this moment. */
  now(): number {
    return this.#clock.elapsed();
  }

  /** The love of a track was sent, or taken back there, just now. */
  noteSent(trackId: number): void {
    for (const id of this.#loves.recordingOf(trackId)) this.#sentAt.set(id, this.#clock.elapsed());
  }

  /** Takes over what an answer says of a track. @param askedAt when it was asked for, by `now`. @returns true when the track's state changed here. */
  take(track: { artist: string; title: string }, loved: boolean, askedAt: number): boolean {
    if (this.#sentAt.size > 0 && this.#loves.named(track).some((id) => this.isOlder(id, askedAt))) return false;
    return this.#loves.seenUpstream(track, loved);
  }

  /** Whether an answer that was asked for then may not know the love of a track as it was sent. */
  isOlder(trackId: number, askedAt: number): boolean {
    return (this.#sentAt.get(trackId) ?? -Infinity) >= askedAt;
  }
}
