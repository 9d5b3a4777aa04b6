import { compareAlbums } from '#shared/matching/sameAlbum.ts';
import type { ServiceStates } from '../library/contract.ts';
import type { EnrichmentQueue, NewTask } from '../library/enrichmentQueue.ts';
import type { Facts } from '../library/facts.ts';
import { albumSubject, artistSubject } from './task.ts';

/** What goes first: what is on screen, then what is owned, then what was heard. */
export const PRIORITY = { looked: 100, owned: 20, heard: 0 } as const;

const SERVICE = 'enrichment-newcomers';
const SLICE = 500;

/** The gaps of an album, as tasks. */
export function albumTasks(album: { id: number; owned: boolean; discogsId: string | null }): NewTask[] {
  const priority = album.owned ? PRIORITY.owned : PRIORITY.heard;
  const subject = albumSubject(album.id);
  return [
    ...(album.discogsId === null ? [] : [{ kind: 'discogs-release', subject, upstream: 'discogs', priority: priority + 2 }]),
    { kind: 'spotify-album', subject, upstream: 'spotify', priority },
    { kind: 'musicbrainz-album', subject, upstream: 'musicbrainz', priority },
    { kind: 'words', subject, upstream: 'euria', priority },
  ];
}

/** Puts albums and artists that are new to the library into the queue; how far it came survives a restart. */
export class Newcomers {
  readonly #facts: Facts;
  readonly #queue: EnrichmentQueue;
  readonly #states: ServiceStates;

  constructor(facts: Facts, queue: EnrichmentQueue, states: ServiceStates) {
    this.#facts = facts;
    this.#queue = queue;
    this.#states = states;
  }

  /** @returns true when there may be more. */
  welcome(): boolean {
    const mark = this.#states.get<{ albums: number; artists: number }>(SERVICE) ?? { albums: 0, artists: 0 };
    const { albums, artists } = this.#facts.newcomers(mark.albums, mark.artists, SLICE);
    if (albums.length === 0 && artists.length === 0) return false;
    this.#queue.add([
      ...albums.flatMap(albumTasks),
      ...artists.map((id) => ({ kind: 'spotify-artist', subject: artistSubject(id), upstream: 'spotify', priority: PRIORITY.heard })),
    ]);
    this.#states.set(SERVICE, { albums: albums.at(-1)?.id ?? mark.albums, artists: artists.at(-1) ?? mark.artists });
    return albums.length === SLICE || artists.length === SLICE;
  }
}

/** A heard album and an owned one by the same artist: are they one? Only a sure "same" joins them. */
export function heardIsOwned(heard: { title: string; artists: string[]; tracks: string[] }, owned: { title: string; artists: string[]; tracks: string[] }) {
  return compareAlbums(
    { artist: heard.artists.join(', '), title: heard.title, tracks: heard.tracks },
    { artist: owned.artists.join(', '), title: owned.title, tracks: owned.tracks },
  );
}
