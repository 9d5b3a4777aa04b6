import type { NowPlaying } from '#shared/sync/stream.ts';
import type { Hub } from '../http/hub.ts';

/** What sounds now, place by place. Publishes the whole list whenever something in it changes; never a listen. */
export class NowPlayingBoard {
  readonly #hub: Pick<Hub, 'publish'>;
  readonly #places = new Map<string, NowPlaying>();

  constructor(hub: Pick<Hub, 'publish'>) {
    this.#hub = hub;
  }

  get items(): NowPlaying[] {
    return [...this.#places.values()];
  }

  at(place: string): NowPlaying | null {
    return this.#places.get(place) ?? null;
  }

  /** Puts up what sounds at a place, or takes it down with null. Saying the same again is silent. */
  show(place: string, item: NowPlaying | null): void {
    this.showAll([[place, item]]);
  }

  /** As `show`, for several places at once: one message however many of them changed. */
  showAll(places: readonly (readonly [place: string, item: NowPlaying | null])[]): void {
    const news = places.filter(([place, item]) => this.#put(place, item));
    if (news.length > 0) this.#hub.publish({ event: 'now-playing', data: { items: this.items } });
  }

  /** @returns true when it is news. */
  #put(place: string, item: NowPlaying | null): boolean {
    const before = this.#places.get(place);
    if (item === null) return this.#places.delete(place);
    this.#places.set(place, item);
    return !before || !saysTheSame(before, item);
  }
}

/** A position that merely moved on with the clock is no news: a page reckons it by itself. */
function saysTheSame(before: NowPlaying, after: NowPlaying): boolean {
  const { at: beforeAt, positionSeconds: beforePosition, ...one } = before;
  const { at: afterAt, positionSeconds: afterPosition, ...other } = after;
  if (JSON.stringify(one) !== JSON.stringify(other)) return false;
  if (beforePosition === null || afterPosition === null) return beforePosition === afterPosition;
  const elapsed = after.state === 'playing' ? (afterAt - beforeAt) / 1000 : 0;
  return Math.abs(beforePosition + elapsed - afterPosition) < 2;
}
