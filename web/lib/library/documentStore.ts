import type { Changes, ReplicaCollection } from '../replica/types.ts';
import type { Catalogue } from './catalogue.ts';
import { Loader } from './loader.ts';

/** Where the catalogue has the entries and documents of one kind. */
interface CatalogueSource<Entry, Document> {
  entries: ReadonlyMap<string, Entry>;
  document(id: string): Document | undefined;
  /** The id that one which was merged, or came from a device, has now. */
  resolveId(id: string): string;
  set(changes: Changes<Document>): void;
  /** Takes over loaded documents. @returns the ids that are there now, of those that were asked for. */
  loaded(found: readonly Document[], ids: readonly string[]): Iterable<string>;
}

/** Albums or artists of the catalogue: light entries in memory, whole documents loaded when they are asked for. */
export class DocumentStore<Entry, Document extends { id: string }> {
  protected readonly catalogue: Catalogue;
  readonly #source: CatalogueSource<Entry, Document>;
  readonly #loader: Loader;
  #complete = false;

  constructor(
    catalogue: Catalogue,
    source: CatalogueSource<Entry, Document>,
    collection: () => Promise<ReplicaCollection<Document>>,
  ) {
    this.catalogue = catalogue;
    this.#source = source;
    this.#loader = new Loader(async (ids) => source.loaded(await (await collection()).get(ids), ids));
  }

  get version(): number {
    this.catalogue.signal.track();
    return this.catalogue.version;
  }

  get complete(): boolean {
    this.catalogue.signal.track();
    return this.#complete;
  }

  get count(): number {
    this.catalogue.signal.track();
    return this.#source.entries.size;
  }

  entry(id: string): Entry | null | undefined {
    this.catalogue.signal.track();
    const entry = this.#source.entries.get(id);
    if (entry) return entry;
    if (this.#complete) return null;
    return this.#load(id);
  }

  get(id: string): Document | null | undefined {
    this.catalogue.signal.track();
    return this.#source.document(id) ?? this.#load(id);
  }

  today(id: string): string {
    this.catalogue.signal.track();
    return this.#source.resolveId(id);
  }

  ensure(ids: readonly string[]): void {
    for (const id of ids) if (!this.#source.document(id)) this.#loader.ask(id);
  }

  setDocuments(changes: Changes<Document>): void {
    this.#loader.arrived(changes.documents);
    this.#source.set(changes);
  }

  /** The same documents under other mutations. */
  reload(documents: readonly Document[]): void {
    this.#source.set({ documents: [...documents], removed: [] });
  }

  setComplete(): void {
    this.#complete = true;
    this.catalogue.signal.bump();
  }

  #load(id: string): null | undefined {
    this.#loader.ask(id);
    return this.#loader.isMissing(id) ? null : undefined;
  }
}
