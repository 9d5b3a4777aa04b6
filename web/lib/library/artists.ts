import type { ArtistDocument } from '#shared/library/artist.ts';
import type { Changes, ReplicaCollection } from '../replica/types.ts';
import type { Catalogue } from './catalogue.ts';
import { Loader } from './loader.ts';
import type { PlayCounts } from './plays.ts';
import type { AlbumEntry, ArtistEntry, Artists, Plays } from './types.ts';

export class ArtistStore implements Artists {
  readonly #catalogue: Catalogue;
  readonly #plays: PlayCounts;
  readonly #loader: Loader;
  #complete = false;
  #list: { version: number; entries: readonly ArtistEntry[] } = { version: -1, entries: [] };
  #shelves: { version: number; byArtist: Map<string, AlbumEntry[]> } = { version: -1, byArtist: new Map() };

  constructor(catalogue: Catalogue, plays: PlayCounts, collection: () => Promise<ReplicaCollection<ArtistDocument>>) {
    this.#catalogue = catalogue;
    this.#plays = plays;
    this.#loader = new Loader(async (ids) => {
      const found = await (await collection()).get(ids);
      catalogue.keepArtists(found);
      return found.map(({ id }) => id);
    });
  }

  get version(): number {
    this.#catalogue.signal.track();
    return this.#catalogue.version;
  }

  get complete(): boolean {
    this.#catalogue.signal.track();
    return this.#complete;
  }

  get count(): number {
    this.#catalogue.signal.track();
    return this.#catalogue.artists.size;
  }

  entry(id: string): ArtistEntry | null | undefined {
    this.#catalogue.signal.track();
    const entry = this.#catalogue.artists.get(id);
    if (entry) return entry;
    if (this.#complete) return null;
    this.#loader.ask(id);
    return this.#loader.isMissing(id) ? null : undefined;
  }

  get(id: string): ArtistDocument | null | undefined {
    this.#catalogue.signal.track();
    const document = this.#catalogue.artistDocument(id);
    if (document) return document;
    this.#loader.ask(id);
    return this.#loader.isMissing(id) ? null : undefined;
  }

  today(id: string): string {
    this.#catalogue.signal.track();
    return this.#catalogue.resolveArtistId(id);
  }

  ensure(ids: readonly string[]): void {
    for (const id of ids) if (!this.#catalogue.artistDocument(id)) this.#loader.ask(id);
  }

  /** In the order of a shelf. */
  list(): readonly ArtistEntry[] {
    const { version } = this;
    if (this.#list.version !== version) {
      const { hiddenArtists } = this.#catalogue.optimistic;
      const visible = [...this.#catalogue.artists.values()].filter(({ id }) => !hiddenArtists.has(id));
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
      for (const entry of this.#catalogue.albums.values()) {
        if (this.#catalogue.optimistic.hiddenAlbums.has(entry.id)) continue;
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

  setDocuments(changes: Changes<ArtistDocument>): void {
    this.#loader.arrived(changes.documents);
    this.#catalogue.setArtists(changes);
  }

  /** The same documents under other mutations. */
  reload(documents: readonly ArtistDocument[]): void {
    this.#catalogue.setArtists({ documents: [...documents], removed: [] });
  }

  setComplete(): void {
    this.#complete = true;
    this.#catalogue.signal.bump();
  }
}
