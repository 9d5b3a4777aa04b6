import type { AlbumDocument } from '#shared/library/album.ts';
import type { Changes, ReplicaCollection } from '../replica/types.ts';
import type { Catalogue } from './catalogue.ts';
import { pressingsOf } from './journalFilter.ts';
import { Loader } from './loader.ts';
import type { PlayCounts } from './plays.ts';
import { arrangeShelf, countFacets, type ShelfFacts } from './shelf.ts';
import type { AlbumEntry, AlbumFilter, Albums, Facets, Plays } from './types.ts';

/** Lists cached while a person goes back and forth. */
const CACHED_LISTS = 6;

export class AlbumStore implements Albums {
  readonly #catalogue: Catalogue;
  readonly #plays: PlayCounts;
  readonly #loader: Loader;
  readonly #lists = new Map<string, { key: unknown[]; value: unknown }>();
  #complete = false;

  constructor(catalogue: Catalogue, plays: PlayCounts, collection: () => Promise<ReplicaCollection<AlbumDocument>>) {
    this.#catalogue = catalogue;
    this.#plays = plays;
    this.#loader = new Loader(async (ids) => {
      const found = await (await collection()).get(ids);
      catalogue.keepAlbums(found);
      return [...found.map(({ id }) => id), ...ids.filter((id) => catalogue.optimistic.records.has(id))];
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
    return this.#catalogue.albums.size;
  }

  entry(id: string): AlbumEntry | null | undefined {
    this.#catalogue.signal.track();
    const entry = this.#catalogue.albums.get(id);
    if (entry) return entry;
    if (this.#complete) return null;
    this.#loader.ask(id);
    return this.#loader.isMissing(id) ? null : undefined;
  }

  get(id: string): AlbumDocument | null | undefined {
    this.#catalogue.signal.track();
    const document = this.#catalogue.albumDocument(id);
    if (document) return document;
    this.#loader.ask(id);
    return this.#loader.isMissing(id) ? null : undefined;
  }

  today(id: string): string {
    this.#catalogue.signal.track();
    return this.#catalogue.resolveAlbumId(id);
  }

  ensure(ids: readonly string[]): void {
    for (const id of ids) if (!this.#catalogue.albumDocument(id)) this.#loader.ask(id);
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
    this.#catalogue.signal.track();
    const entries = pressingsOf(id, this.#catalogue.index).map((each) => this.#catalogue.albums.get(each));
    return entries.filter((entry) => entry !== undefined);
  }

  plays(id: string): Plays {
    return this.#plays.ofAlbum(id);
  }

  setDocuments(changes: Changes<AlbumDocument>): void {
    this.#loader.arrived(changes.documents);
    this.#catalogue.setAlbums(changes);
  }

  /** The same documents under other mutations. */
  reload(documents: readonly AlbumDocument[]): void {
    this.#catalogue.setAlbums({ documents: [...documents], removed: [] });
  }

  setComplete(): void {
    this.#complete = true;
    this.#catalogue.signal.bump();
  }

  #visible(): AlbumEntry[] {
    const { hiddenAlbums } = this.#catalogue.optimistic;
    const all = [...this.#catalogue.albums.values()];
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
    this.#catalogue.signal.track();
    const key = [this.#catalogue.version, withPlays ? this.#plays.analysis : null];
    const known = this.#lists.get(name);
    if (known?.key.every((part, index) => part === key[index])) return known.value as T;
    const value = make();
    this.#lists.delete(name);
    this.#lists.set(name, { key, value });
    if (this.#lists.size > CACHED_LISTS) this.#lists.delete(this.#lists.keys().next().value!);
    return value;
  }
}
