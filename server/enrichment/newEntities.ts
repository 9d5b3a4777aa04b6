import type { LookupId, TextsId } from '#shared/upstreams/registry.ts';
import type { ServiceStates } from '../library/api/settings.ts';
import type { EnrichmentQueue, NewTask } from '../library/api/enrichment.ts';
import type { Facts } from '../library/api/facts.ts';
import type { Shelf } from '../library/api/shelf.ts';
import { albumSubject, artistSubject } from './task.ts';

/** What goes first: what is on screen, then what is owned, then what was heard. */
export const PRIORITY = { looked: 100, owned: 20, heard: 0 } as const;

const SERVICE = 'enrichment-newcomers';
/** Albums at once: what each is held against takes about a millisecond. */
const SLICE = 50;

/** What each service is asked about any album, by the kind of the task. */
const ABOUT_ALBUMS = {
  spotify: 'spotify-album',
  musicbrainz: 'musicbrainz-album',
  euria: 'words',
} satisfies Record<Exclude<LookupId, 'discogs'> | TextsId, string>;

/** The gaps of an album, as tasks. Discogs goes first, and is asked only about a release of its own. */
export function albumTasks(album: { id: number; owned: boolean; discogsId: string | null }): NewTask[] {
  const priority = album.owned ? PRIORITY.owned : PRIORITY.heard;
  const subject = albumSubject(album.id);
  return [
    ...(album.discogsId === null
      ? []
      : [{ kind: 'discogs-release', subject, upstream: 'discogs', priority: priority + 2 }]),
    ...Object.entries(ABOUT_ALBUMS).map(([upstream, kind]) => ({ kind, subject, upstream, priority })),
  ];
}

/** The picture of an artist whom Discogs has a number for; after all that is to be known of records. */
export const discogsArtistTask = (id: number): NewTask => ({
  kind: 'discogs-artist',
  subject: artistSubject(id),
  upstream: 'discogs',
  priority: PRIORITY.heard,
});

/** Joins new albums with those on the shelf, and puts them and new artists into the queue; how far it came survives a restart. */
export class NewEntities {
  readonly #facts: Facts;
  readonly #queue: EnrichmentQueue;
  readonly #states: ServiceStates;
  readonly #shelf: Shelf;

  constructor(facts: Facts, queue: EnrichmentQueue, states: ServiceStates, shelf: Shelf) {
    this.#shelf = shelf;
    this.#facts = facts;
    this.#queue = queue;
    this.#states = states;
  }

  /** @returns true when there may be more. */
  enqueue(): boolean {
    const mark = this.#states.get<{ albums: number; artists: number }>(SERVICE) ?? { albums: 0, artists: 0 };
    const { albums, artists } = this.#facts.newEntities(mark.albums, mark.artists, SLICE);
    const numbered = this.#facts.notAskedAtDiscogs(SLICE);
    if (albums.length === 0 && artists.length === 0 && numbered.length === 0) return false;
    this.#shelf.joinHeard(albums.map(({ id }) => id));
    this.#queue.add([
      ...albums.flatMap(albumTasks),
      ...artists.map((id) => ({
        kind: 'spotify-artist',
        subject: artistSubject(id),
        upstream: 'spotify',
        priority: PRIORITY.heard,
      })),
      ...numbered.map(discogsArtistTask),
    ]);
    this.#states.set(SERVICE, { albums: albums.at(-1)?.id ?? mark.albums, artists: artists.at(-1) ?? mark.artists });
    return [albums, artists, numbered].some(({ length }) => length === SLICE);
  }
}
