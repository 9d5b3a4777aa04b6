import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { Changes } from '../replica/types.ts';
import type { Signal } from './signal.ts';
import type { Playlists } from './types.ts';

export class PlaylistStore implements Playlists {
  readonly #signal: Signal;
  readonly #documents = new Map<string, PlaylistDocument>();
  #list: readonly PlaylistDocument[] | undefined;
  #complete = false;

  constructor(signal: Signal) {
    this.#signal = signal;
  }

  /** The last changed first. */
  get list(): readonly PlaylistDocument[] | undefined {
    this.#signal.track();
    if (!this.#complete) return undefined;
    this.#list ??= [...this.#documents.values()].sort((a, b) => b.updatedAt - a.updatedAt || (a.name < b.name ? -1 : 1));
    return this.#list;
  }

  get(id: string): PlaylistDocument | null | undefined {
    this.#signal.track();
    return this.#documents.get(id) ?? (this.#complete ? null : undefined);
  }

  setDocuments({ documents, removed }: Changes<PlaylistDocument>): void {
    for (const id of removed) this.#documents.delete(id);
    for (const document of documents) this.#documents.set(document.id, document);
    this.#changed();
  }

  setComplete(): void {
    this.#complete = true;
    this.#changed();
  }

  #changed(): void {
    this.#list = undefined;
    this.#signal.bump();
  }
}
