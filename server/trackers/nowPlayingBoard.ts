import { sameTrack, type TrackNames } from '#shared/matching/sameTrack.ts';
import type { NowPlaying } from '#shared/sync/stream.ts';
import { hasZones } from '#shared/upstreams/registry.ts';
import type { Hub } from '../events/hub.ts';
import type { Reads } from '../library/api/reads.ts';

/** Seconds after which something that the library did not know is looked up again: it may have been earned since. */
const UNKNOWN_FOR_SECONDS = 30;

interface Shown {
  item: NowPlaying;
  /** When the library was asked for it last, milliseconds since the epoch. */
  locatedAt: number;
}

/** What sounds now, place by place. Publishes the whole list whenever something in it changes; never a listen. */
export class NowPlayingBoard {
  readonly #hub: Pick<Hub, 'publish'>;
  readonly #library: Pick<Reads, 'named'>;
  readonly #places = new Map<string, Shown>();

  constructor(hub: Pick<Hub, 'publish'>, library: Pick<Reads, 'named'>) {
    this.#hub = hub;
    this.#library = library;
  }

  /** What plays in a zone is submitted to accounts (as Roon does to Last.fm), and is not shown a second time as theirs. */
  get items(): NowPlaying[] {
    const all = [...this.#places.values()].map(({ item }) => item);
    const zones = all.filter(({ source }) => hasZones(source));
    return all.filter((item) => hasZones(item.source) || !zones.some((zone) => isSameMusic(zone, item)));
  }

  at(place: string): NowPlaying | null {
    return this.#places.get(place)?.item ?? null;
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
  #put(place: string, reported: NowPlaying | null): boolean {
    const before = this.#places.get(place);
    if (reported === null) return this.#places.delete(place);
    const shown = this.#located(reported, before);
    this.#places.set(place, shown);
    return !before || !saysTheSame(before.item, shown.item);
  }

  #located(reported: NowPlaying, before: Shown | undefined): Shown {
    const { artist, title, album } = reported;
    if (before && before.item.artist === artist && before.item.title === title && before.item.album === album) {
      const { albumId, trackId } = before.item;
      const isKnown = trackId !== undefined || reported.at - before.locatedAt < UNKNOWN_FOR_SECONDS * 1000;
      if (isKnown) return { item: withIds(reported, albumId, trackId), locatedAt: before.locatedAt };
    }
    const { albumId, trackId } = this.#library.named({ artist, title, album });
    return {
      item: withIds(reported, albumId === null ? undefined : String(albumId), trackId ?? undefined),
      locatedAt: reported.at,
    };
  }
}

const withIds = (item: NowPlaying, albumId: string | undefined, trackId: number | undefined): NowPlaying => ({
  ...item,
  ...(albumId === undefined ? {} : { albumId }),
  ...(trackId === undefined ? {} : { trackId }),
});

const isSameMusic = (zone: NowPlaying, other: NowPlaying): boolean =>
  zone.state !== 'paused' && sameTrack(namesOf(zone), namesOf(other)).decision === 'same';

const namesOf = ({ artist, title, durationSeconds }: NowPlaying): TrackNames => ({
  artist,
  title,
  ...(durationSeconds === null ? {} : { durationSeconds }),
});

/** A position that merely moved on with the clock is no news: a page reckons it by itself. */
function saysTheSame(before: NowPlaying, after: NowPlaying): boolean {
  const { at: beforeAt, positionSeconds: beforePosition, ...one } = before;
  const { at: afterAt, positionSeconds: afterPosition, ...other } = after;
  if (JSON.stringify(one) !== JSON.stringify(other)) return false;
  if (beforePosition === null || afterPosition === null) return beforePosition === afterPosition;
  const elapsed = after.state === 'playing' ? (afterAt - beforeAt) / 1000 : 0;
  return Math.abs(beforePosition + elapsed - afterPosition) < 2;
}
