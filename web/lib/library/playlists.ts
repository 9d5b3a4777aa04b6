import * as v from 'valibot';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { Changes } from '../replica/types.ts';
import type { OutboxEntry, PlaylistEdit } from './outbox/entry.ts';
import { edited } from './outbox/playlistEdit.ts';
import type { Signal } from './signal.ts';
import type { Playlists } from './types.ts';

export class PlaylistStore implements Playlists {
  readonly #signal: Signal;
  /** As the replica has them. */
  readonly #stored = new Map<string, PlaylistDocument>();
  /** What was done to them here and is not in the replica yet. */
  #pending: readonly OutboxEntry[] = [];
  /** As they are shown; made when asked for. */
  #shown: ReadonlyMap<string, PlaylistDocument> | undefined;
  #list: readonly PlaylistDocument[] | undefined;
  #complete = false;

  constructor(signal: Signal) {
    this.#signal = signal;
  }

  /** The last changed first. */
  get list(): readonly PlaylistDocument[] | undefined {
    this.#signal.track();
    if (!this.#complete) return undefined;
    this.#list ??= [...this.#documents().values()].sort(
      (a, b) => b.updatedAt - a.updatedAt || (a.name < b.name ? -1 : 1),
    );
    return this.#list;
  }

  get(id: string): PlaylistDocument | null | undefined {
    this.#signal.track();
    return this.#documents().get(id) ?? (this.#complete ? null : undefined);
  }

  setDocuments({ documents, removed }: Changes<PlaylistDocument>): void {
    for (const id of removed) this.#stored.delete(id);
    for (const document of documents) this.#stored.set(document.id, document);
    this.#changed();
  }

  /** Lays the edits that wait in the outbox over the playlists, in their order. */
  setPending(pending: readonly OutboxEntry[]): void {
    if (pending.length === 0 && this.#pending.length === 0) return;
    this.#pending = pending;
    this.#changed();
  }

  setComplete(): void {
    this.#complete = true;
    this.#changed();
  }

  #documents(): ReadonlyMap<string, PlaylistDocument> {
    if (this.#shown) return this.#shown;
    const shown = new Map(this.#stored);
    for (const { at, writes } of this.#pending) {
      for (const write of writes) if (write.to === 'playlists') apply(shown, write.id, write.edit, at);
    }
    return (this.#shown = shown);
  }

  #changed(): void {
    this.#list = undefined;
    this.#shown = undefined;
    this.#signal.bump();
  }
}

function apply(shown: Map<string, PlaylistDocument>, id: string, edit: PlaylistEdit, at: number): void {
  let after: PlaylistDocument | null | undefined;
  try {
    after = edited(shown.get(id) ?? null, edit, at);
  } catch (error) {
    // It fitted what was there when it was made, and does not fit what has come since: reported when it is written to the replica.
    if (!(error instanceof v.ValiError)) throw error;
  }
  if (after === null) shown.delete(id);
  else if (after !== undefined) shown.set(id, after);
}
