import type { RxCollection, RxDocumentData } from 'rxdb/plugins/core';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { PushRow } from '#shared/sync/protocol.ts';
import { canonical } from '#shared/text/canonical.ts';
import type { MetadataStore } from './metadataStore.ts';

type Stored = RxDocumentData<PlaylistDocument>;

/**
 * Which playlists were changed here and have not reached the server yet. Not decided by times: a device's clock may have said another
 * one when a playlist was changed than when it was sent.
 */
export class UnsentPlaylists {
  readonly #collection: RxCollection<PlaylistDocument>;
  readonly #metadata: MetadataStore;

  constructor(collection: RxCollection<PlaylistDocument>, metadata: MetadataStore) {
    this.#collection = collection;
    this.#metadata = metadata;
  }

  /** The server has taken these rows: what is still as it was sent does not wait any more. */
  async pushed(rows: readonly PushRow[]): Promise<void> {
    const sent = new Map(rows.map(({ newDocumentState }) => [newDocumentState.id, says(newDocumentState)]));
    for (const stored of await this.#stored([...sent.keys()]))
      if (says(stored) === sent.get(stored.id)) this.#forget(stored.id);
  }

  /** @param taken what the server is known to have, by id. @returns those that wait. */
  async left(taken: (ids: string[]) => Promise<Partial<Record<string, { docData: object }>>>): Promise<Stored[]> {
    const stored = await this.#stored(Object.keys(this.#metadata.read().unsentPlaylists));
    const known = await taken(stored.map(({ id }) => id));
    const isTaken = (document: Stored): boolean => says(known[document.id]?.docData ?? {}) === says(document);
    for (const { id } of stored.filter(isTaken)) this.#forget(id);
    return stored.filter((document) => !isTaken(document));
  }

  #stored(ids: readonly string[]): Promise<Stored[]> {
    return this.#collection.storageInstance.findDocumentsById([...ids], true);
  }

  #forget(id: string): void {
    const metadata = this.#metadata.read();
    const { [id]: _sent, ...unsentPlaylists } = metadata.unsentPlaylists;
    const { [id]: _dropped, ...unsentTexts } = metadata.unsentWords;
    this.#metadata.write({ unsentPlaylists, unsentWords: unsentTexts });
  }
}

function says(document: object): string {
  const { _meta, _rev, _attachments, ...said } = document as Record<string, unknown>;
  return canonical(said);
}
