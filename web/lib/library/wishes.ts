import * as v from 'valibot';
import { Intent, type IntentDocument } from '#shared/sync/intents.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { DocumentOf, Replica, ReplicaCollection } from '../replica/types.ts';
import { uuid } from '../replica/uuid.ts';
import { asSeen, type Shown } from './mutationTargets.ts';

type AddListens = Extract<Intent, { kind: 'add-listens' }>;

/** Hands a person's wishes to the replica once it is open. */
export class Wishes {
  readonly #replica: () => Promise<Replica>;
  readonly #shown: Shown;

  constructor(replica: () => Promise<Replica>, shown: Shown) {
    this.#replica = replica;
    this.#shown = shown;
  }

  /**
   * Writes an intent down; it is durable when this resolves.
   * @throws {v.ValiError} for a wish the server would refuse, naming the field.
   */
  async wish(wanted: Intent): Promise<void> {
    const { intent, targets } = asSeen(v.parse(Intent, wanted), this.#shown);
    const replica = await this.#replica();
    const { epoch, clockOffset } = replica;
    const document: IntentDocument = {
      id: uuid(),
      deviceId: replica.deviceId,
      number: replica.nextIntentNumber(),
      madeAt: replica.now(),
      clockOffset,
      intent,
      ...(epoch !== null && { epoch }),
      targets,
    };
    await replica.collection('intents').insert(document);
  }

  async collection<N extends CollectionName>(name: N): Promise<ReplicaCollection<DocumentOf<N>>> {
    return (await this.#replica()).collection(name);
  }

  /** The intent by which a group of listens was added on this device. */
  async groupOf(group: string): Promise<AddListens | undefined> {
    const intents = await this.collection('intents');
    let found: AddListens | undefined;
    for (const { intent } of await intents.all()) if (intent.kind === 'add-listens' && intent.group === group) found = intent;
    return found;
  }

  async noteOfAlbum(albumId: string): Promise<string | null> {
    const [album] = await (await this.collection('albums')).get([albumId]);
    return album?.note ?? null;
  }

  /** Notes that a playlist is about to change. @returns now, in seconds by the server's clock. */
  async touchPlaylist(id: string): Promise<number> {
    const replica = await this.#replica();
    replica.playlistChanged(id);
    return Math.floor(replica.now() / 1_000);
  }

  /** Seconds since the epoch by the server's clock. */
  async now(): Promise<number> {
    return Math.floor((await this.#replica()).now() / 1_000);
  }
}
