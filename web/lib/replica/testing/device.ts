import type { CollectionName } from '#shared/sync/collections.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { HeldAnswer } from '../held.ts';
import { openReplica } from '../index.ts';
import { MetadataStore } from '../metadataStore.ts';
import type { Replica } from '../types.ts';
import { uuid } from '../uuid.ts';
import { memoryStorage, memoryStore } from './memory.ts';
import type { ModelServer } from './modelServer.ts';

const NAMES = ['albums', 'playlists', 'intents', 'revisions', 'deletions'] as const satisfies CollectionName[];

/** A device with its storage, which survives closing the app. */
export class Device {
  readonly name = `device-${uuid()}`;
  /** Milliseconds by which its clock is ahead, as far as its storage goes by it. */
  clockAhead = 0;
  /** False: it is of a version whose documents are stamped by the clock alone. */
  inOrder = true;
  readonly #storage = memoryStorage(
    () => this.clockAhead,
    () => this.inOrder,
  );
  #metadata = new MetadataStore(memoryStore());
  readonly #server: ModelServer;
  readonly #names: readonly CollectionName[];
  replica!: Replica;

  constructor(server: ModelServer, names: readonly CollectionName[] = NAMES) {
    this.#server = server;
    this.#names = names;
  }

  async open(): Promise<this> {
    this.replica = await openReplica({
      storage: this.#storage,
      metadata: this.#metadata,
      name: this.name,
      names: this.#names,
      transport: (deviceId) => this.#server.transport(deviceId),
    });
    this.replica.startSync();
    return this;
  }

  async close(): Promise<void> {
    await this.replica.close();
  }

  /** The browser cleared its localStorage, and left the documents. */
  forgetMetadata(): void {
    this.#metadata = new MetadataStore(memoryStore());
  }

  /** Answers what is asked now. */
  answer(answer: HeldAnswer): void {
    const { replica } = this;
    replica.answerHeld(answer, replica.status.held!);
  }

  async mutate(mutation: Mutation, deviceId = this.replica.deviceId): Promise<string> {
    const id = uuid();
    const { replica } = this;
    const document = {
      id,
      deviceId,
      number: this.#metadata.nextMutationNumber(),
      madeAt: replica.now(),
      intent: mutation,
    };
    await replica.collection('intents').change(id, id, () => document);
    return id;
  }

  async addPlaylist(name: string): Promise<string> {
    const id = uuid();
    const at = Math.floor(this.replica.now() / 1000);
    this.replica.playlistChanged(id, this.replica.now());
    const playlist = { id, name, algorithm: null, aiPrompt: null, createdAt: at, updatedAt: at, entries: [] };
    await this.replica.collection('playlists').change(id, id, () => playlist);
    return id;
  }

  async append(id: string, trackId: number): Promise<void> {
    this.replica.playlistChanged(id, this.replica.now());
    const appended = (playlist: PlaylistDocument) => ({
      ...playlist,
      updatedAt: playlist.updatedAt + 1,
      entries: [...playlist.entries, { entry: uuid(), trackId }],
    });
    await this.replica
      .collection('playlists')
      .change(id, uuid(), (playlist) => (playlist ? appended(playlist) : undefined));
  }

  /** What the device shows, without RxDB's own fields. */
  async all(name: (typeof NAMES)[number] | 'journal'): Promise<Record<string, unknown>[]> {
    const found = new Map<string, Record<string, unknown>>();
    await this.replica.collection(name).follow(({ documents }) => {
      for (const document of documents) found.set(document.id, plain(document));
    });
    return [...found.values()].sort((a, b) => String(a.id).localeCompare(String(b.id)));
  }

  async playlist(id: string): Promise<PlaylistDocument | undefined> {
    return (await this.replica.collection('playlists').get([id]))[0];
  }
}

export function plain(document: object): Record<string, unknown> {
  const { _deleted, _rev, _meta, _attachments, ...rest } = document as Record<string, unknown>;
  return rest;
}

/** Waits until `check` holds, or fails with its last value after ten seconds. */
export async function until(check: () => unknown): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`Never held: ${check.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
