import type { AlbumDocument } from '#shared/library/album.ts';
import type { ReplicaCollection } from '../replica/types.ts';
import type { Catalogue } from './catalogue.ts';
import { DocumentStore } from './documentStore.ts';
import { pressingsOf } from './journalFilter.ts';
import type { PlayCounts } from './plays.ts';
import { arrangeShelf, countFacets, type ShelfFacts } from './shelf.ts';
import type { AlbumEntry, AlbumFilter, Albums, Facets, Plays } from './types.ts';

/** Lists cached while a person goes back and forth. */
const CACHED_LISTS = 6;

export class AlbumStore extends DocumentStore<AlbumEntry, AlbumDocument> implements Albums {
  readonly #plays: PlayCounts;
  readonly #lists = new Map<string, { key: unknown[]; value: unknown }>();

  constructor(catalogue: Catalogue, plays: PlayCounts, collection: () => Promise<ReplicaCollection<AlbumDocument>>) {
    super(
      catalogue,
      {
        entries: catalogue.albums,
        document: (id) => catalogue.albumDocument(id),
        resolveId: (id) => catalogue.resolveAlbumId(id),
        set: (changes) => catalogue.setAlbums(changes),
        loaded: (found, ids) => {
          catalogue.keepAlbums(found);
          return [...found.map(({ id }) => id), ...ids.filter((id) => catalogue.optimistic.manualAlbums.has(id))];
        },
      },
      collection,
    );
    this.#plays = plays;
  }

  list(filter: AlbumFilter = {}): readonly AlbumEntry[] {
    const played = filter.neverPlayed || filter.sort === 'plays' || filter.sort === 'lastPlayed';
    return this.#cached(`list ${JSON.stringify(filter)}`, played ?? false, () =>
      arrangeShelf(this.#visible(), filter, this.#anyOwned(), this.#facts()),
    );
  }

  facets(filter: AlbumFilter = {}): Facets {
    return this.#cached(`facets ${JSON.stringify(filter)}`, true, () =>
      countFacets(this.#visible(), filter, this.#anyOwned(), this.#facts()),
    );
  }

  pressings(id: string): readonly AlbumEntry[] {
    this.catalogue.signal.track();
    const entries = pressingsOf(id, this.catalogue.index).map((each) => this.catalogue.albums.get(each));
    return entries.filter((entry) => entry !== undefined);
  }

  plays(id: string): Plays {
    return this.#plays.ofAlbum(id);
  }

  #visible(): AlbumEntry[] {
    const { hiddenAlbums } = this.catalogue.optimistic;
    const all = [...this.catalogue.albums.values()];
    return hiddenAlbums.size === 0 ? all : all.filter(({ id }) => !hiddenAlbums.has(id));
  }

  #anyOwned(): boolean {
    return this.#cached('any owned', false, () => this.#visible().some(({ owned }) => owned));
  }

  #facts(): ShelfFacts {
    return {
      plays: (id) => this.#plays.ofAlbum(id).count,
      lastPlayed: (id) => this.#plays.ofAlbum(id).lastPlayedAt ?? -Infinity,
    };
  }

  /** What was reckoned for this state of the catalogue (and of the journal, where that matters). */
  #cached<T>(name: string, withPlays: boolean, make: () => T): T {
    this.catalogue.signal.track();
    const key = [this.catalogue.version, withPlays ? this.#plays.analysis : null];
    const known = this.#lists.get(name);
    if (known?.key.every((part, index) => part === key[index])) return known.value as T;
    const value = make();
    this.#lists.delete(name);
    this.#lists.set(name, { key, value });
    if (this.#lists.size > CACHED_LISTS) this.#lists.delete(this.#lists.keys().next().value!);
    return value;
  }
}
