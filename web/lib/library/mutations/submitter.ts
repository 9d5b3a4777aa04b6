import * as v from 'valibot';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import { definitionOf, Mutation } from '#shared/mutations/registry.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { MetadataStore } from '../../replica/metadataStore.ts';
import type { DocumentOf, Replica, ReplicaCollection } from '../../replica/types.ts';
import { uuid } from '../../replica/uuid.ts';
import { asSeen, type Shown } from './targets.ts';
import { possible } from './notPossible.ts';
import type { OutboxEntry, OutboxWrite, PlaylistEdit } from '../outbox/entry.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { edited, needsOne } from '../outbox/playlistEdit.ts';
import type { Playlists } from '../types.ts';

export interface SubmitterContext {
  replica: () => Promise<Replica>;
  outbox: Outbox;
  metadata: MetadataStore;
  playlists: Playlists;
  /** The mutations of this device, with those that wait in the outbox. */
  mutations: () => Iterable<MutationDocument>;
  /** What the page shows: a mutation says of what it speaks. */
  seen: Shown;
  /** It is durable: shows it, and has it written to the replica. */
  written: (entry: OutboxEntry) => void;
}

/** Takes a person's mutations: each is on the device's storage before anything shows it. */
export class MutationSubmitter {
  readonly #context: SubmitterContext;

  constructor(context: SubmitterContext) {
    this.#context = context;
  }

  /**
   * Writes mutations down, all of them or none; they are durable and shown when this returns.
   * @throws {NotPossible} for a mutation the server would refuse.
   * @throws {NotStored} when the device's storage did not take them.
   */
  submit(...wanted: readonly Mutation[]): void {
    const mutations = possible(() => wanted.map((mutation) => v.parse(Mutation, mutation)));
    this.#write((number) => mutations.map((mutation) => ({ to: 'intents', insert: this.#mutation(mutation, number) })));
  }

  /** Takes what was refused out of sight, durably. */
  dismiss(id: string): void {
    this.#write(() => [{ to: 'intents', remove: id }]);
  }

  /**
   * Writes a playlist's edit down; it is durable and shown when this returns.
   * @returns the playlist as it was shown before; null when there is none.
   * @throws {NotPossible} when what comes out is no playlist.
   * @throws {NotStored} when the device's storage did not take it.
   */
  edit(id: string, edit: PlaylistEdit): PlaylistDocument | null {
    const shown = this.#context.playlists.get(id);
    const before = shown ?? null;
    // It is known to be gone: there is nothing left to take back.
    if (shown === null && needsOne(edit)) return null;
    possible(() => edited(before, edit, this.#now()));
    this.#write(() => [{ to: 'playlists', id, ...(before && { name: before.name }), edit }]);
    return before;
  }

  async collection<N extends CollectionName>(name: N): Promise<ReplicaCollection<DocumentOf<N>>> {
    return (await this.#context.replica()).collection(name);
  }

  /** The mutation by which a group of listens was added on this device. */
  groupOf(group: string): Mutation | undefined {
    for (const { intent: mutation } of this.#context.mutations())
      if (definitionOf(mutation).makes?.(mutation, []).name === group) return mutation;
    return undefined;
  }

  async noteOfAlbum(albumId: string): Promise<string | null> {
    const [album] = await (await this.collection('albums')).get([albumId]);
    return album?.note ?? null;
  }

  /** Seconds since the epoch by the server's clock. */
  now(): number {
    return Math.floor(this.#now() / 1_000);
  }

  /** The one place where a mutation's document is made. */
  #mutation(wanted: Mutation, number: number): MutationDocument {
    const { metadata, seen } = this.#context;
    const { mutation, targets } = asSeen(wanted, seen);
    const { deviceId, clockOffset } = metadata.read();
    const epoch = metadata.epochOfIds();
    return {
      id: uuid(),
      deviceId,
      number,
      madeAt: this.#now(),
      clockOffset,
      intent: mutation,
      ...(epoch !== null && { epoch }),
      targets,
    };
  }

  #write(writesOf: (number: number) => readonly OutboxWrite[]): void {
    const { outbox, metadata, written } = this.#context;
    written(outbox.add(this.#now(), metadata.nextMutationNumber(), writesOf));
  }

  /** Milliseconds since the epoch by the server's clock. */
  #now(): number {
    return Date.now() + this.#context.metadata.read().clockOffset;
  }
}
