import * as v from 'valibot';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { Intent, type IntentDocument } from '#shared/sync/intents.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { MarkStore } from '../replica/marks.ts';
import type { DocumentOf, Replica, ReplicaCollection } from '../replica/types.ts';
import { uuid } from '../replica/uuid.ts';
import { asSeen, type Shown } from './mutationTargets.ts';
import { possible } from './notPossible.ts';
import type { OutboxEntry, OutboxWrite, PlaylistEdit } from './outbox/entry.ts';
import type { Outbox } from './outbox/outbox.ts';
import { edited, needsOne } from './outbox/playlistEdit.ts';
import type { Playlists } from './types.ts';

type Logged = Extract<Intent, { kind: 'add-listens' | 'log-named' }>;

export interface WishParts {
  replica: () => Promise<Replica>;
  outbox: Outbox;
  marks: MarkStore;
  playlists: Playlists;
  /** The intents of this device, with those that wait in the outbox. */
  intents: () => Iterable<IntentDocument>;
  /** What the page shows: a mutation says of what it speaks. */
  seen: Shown;
  /** It is durable: shows it, and has it written to the replica. */
  written: (entry: OutboxEntry) => void;
}

/** Takes a person's wishes: each is on the device's storage before anything shows it. */
export class Wishes {
  readonly #parts: WishParts;

  constructor(parts: WishParts) {
    this.#parts = parts;
  }

  /**
   * Writes intents down, all of them or none; they are durable and shown when this returns.
   * @throws {NotPossible} for a wish the server would refuse.
   * @throws {NotStored} when the device's storage did not take them.
   */
  wish(...wanted: readonly Intent[]): void {
    const intents = possible(() => wanted.map((intent) => v.parse(Intent, intent)));
    this.#write((number) => intents.map((intent) => ({ to: 'intents', insert: this.#mutation(intent, number) })));
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
    const shown = this.#parts.playlists.get(id);
    const before = shown ?? null;
    // It is known to be gone: there is nothing left to take back.
    if (shown === null && needsOne(edit)) return null;
    possible(() => edited(before, edit, this.#now()));
    this.#write(() => [{ to: 'playlists', id, ...(before && { name: before.name }), edit }]);
    return before;
  }

  async collection<N extends CollectionName>(name: N): Promise<ReplicaCollection<DocumentOf<N>>> {
    return (await this.#parts.replica()).collection(name);
  }

  /** The intent by which a group of listens was added on this device. */
  groupOf(group: string): Logged | undefined {
    for (const { intent } of this.#parts.intents())
      if ((intent.kind === 'add-listens' || intent.kind === 'log-named') && intent.group === group) return intent;
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
  #mutation(wanted: Intent, number: number): IntentDocument {
    const { marks, seen } = this.#parts;
    const { intent, targets } = asSeen(wanted, seen);
    const { deviceId, clockOffset } = marks.read();
    const epoch = marks.epochOfIds();
    return {
      id: uuid(),
      deviceId,
      number,
      madeAt: this.#now(),
      clockOffset,
      intent,
      ...(epoch !== null && { epoch }),
      targets,
    };
  }

  #write(writesOf: (number: number) => readonly OutboxWrite[]): void {
    const { outbox, marks, written } = this.#parts;
    written(outbox.add(this.#now(), marks.nextIntentNumber(), writesOf));
  }

  /** Milliseconds since the epoch by the server's clock. */
  #now(): number {
    return Date.now() + this.#parts.marks.read().clockOffset;
  }
}
