import type { ArtistDocument } from '#shared/library/artist.ts';
import type { ReplicaCollection } from '../replica/types.ts';
import type { Catalogue } from './catalogue.ts';
import { DocumentStore } from './documentStore.ts';
import type { PlayCounts } from './plays.ts';
import type { AlbumEntry, ArtistEntry, Artists, Plays } from './types.ts';

export class ArtistStore extends DocumentStore<ArtistEntry, ArtistDocument> implements Artists {
  readonly #plays: PlayCounts;
  #list: { version: number; entries: readonly ArtistEntry[] } = { version: -1, entries: [] };
  #shelves: { version: number; byArtist: Map<string, AlbumEntry[]> } = { version: -1, byArtist: new Map() };

  constructor(catalogue: Catalogue, plays: PlayCounts, collection: () => Promise<ReplicaCollection<ArtistDocument>>) {
    super(
      catalogue,
      {
        entries: catalogue.artists,
        document: (id) => catalogue.artistDocument(id),
        resolveId: (id) => catalogue.resolveArtistId(id),
        set: (changes) => catalogue.setArtists(changes),
        loaded: (found) => {
          catalogue.keepArtists(found);
          return found.map(({ id }) => id);
        },
      },
      collection,
    );
    this.#plays = plays;
  }

  /** In the order of a shelf. */
  list(): readonly ArtistEntry[] {
    const { version } = this;
    if (this.#list.version !== version) {
      const { hiddenArtists } = this.catalogue.optimistic;
      const visible = [...this.catalogue.artists.values()].filter(({ id }) => !hiddenArtists.has(id));
      const compare = new Intl.Collator(undefined, { sensitivity: 'base' }).compare;
      this.#list = { version, entries: visible.sort((a, b) => compare(a.sortName, b.sortName)) };
    }
    return this.#list.entries;
  }

  /** In the order of release. */
  albums(id: string): readonly AlbumEntry[] {
    const { version } = this;
    if (this.#shelves.version !== version) {
      const byArtist = new Map<string, AlbumEntry[]>();
      for (const entry of this.catalogue.albums.values()) {
        if (this.catalogue.optimistic.hiddenAlbums.has(entry.id)) continue;
        for (const artist of new Set(entry.artists.map((credit) => credit.id))) {
          const shelf = byArtist.get(artist);
          if (shelf) shelf.push(entry);
          else byArtist.set(artist, [entry]);
        }
      }
      this.#shelves = { version, byArtist };
    }
    const shelf = this.#shelves.byArtist.get(id) ?? [];
    return shelf.toSorted((a, b) => (a.year ?? 9999) - (b.year ?? 9999) || (a.titleSort < b.titleSort ? -1 : 1));
  }

  plays(id: string): Plays {
    return this.#plays.ofArtist(id);
  }
}
