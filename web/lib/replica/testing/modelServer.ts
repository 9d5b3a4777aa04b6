import * as v from 'valibot';
import { PULL_LIMIT } from '#shared/sync/checkpoint.ts';
import { collectionNames, collections, type CollectionName } from '#shared/sync/collections.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { PushRow } from '#shared/sync/protocol.ts';
import type { Sighting } from '#shared/sync/state.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { canonical } from '#shared/text/canonical.ts';
import type { Pulled, Transport } from '../transport.ts';
import type { SyncedDocument } from '../syncedDocument.ts';
import type { LibraryCalls } from '../serverState.ts';
import { ApiError } from '../apiClient.ts';
import { changedBy } from './mutationEffects.ts';
import { ModelFeed } from './modelFeed.ts';

/** A small server that follows the sync protocol in memory: a feed with one row per document, mutations applied once by id. */
export class ModelServer extends ModelFeed {
  epoch = 'epoch-1';
  libraryId = 'library-1';
  /** It has no library, and waits for a person's choice. */
  recovery = false;
  /** Names that loss. */
  loss = 'loss-0';
  /** Why its library's life began, and the loss that was made good by it. */
  cause = 'new';
  #madeGood: string | null = null;
  /** How often something was said that was meant for another loss, or another life of its library. */
  misdirected = 0;
  /** The device that fills its new library. */
  filling: string | null = null;
  /** What devices said they have seen, and what they gave. */
  readonly seen: Sighting[] = [];
  given: SyncedDocument[] = [];
  /** Called with each batch that a device gives. */
  onGiven: () => void = () => undefined;
  /** More documents than this at once are too many to be taken. */
  mostGiven = Infinity;
  /** A document that is too much by itself. */
  tooMuch: string | null = null;
  /** What is given and not taken: documents of this collection. */
  refuses: CollectionName | null = null;
  /** Milliseconds by which its clock is behind the latest moment that it knows of. */
  clockBehind = 0;
  /** Requests fail as if the network were gone. */
  down = false;
  /** Loses the answer to the next push after having acted on it. */
  loseNextAnswer = false;
  /** Called when a push was acted on, before it is answered. */
  beforeAnswer: () => Promise<void> = () => Promise.resolve();
  /** Called while a pull is on its way, before it is acted on. */
  beforePull: (collection: CollectionName) => Promise<void> = () => Promise.resolve();
  /** Ids of documents at which the server itself fails. */
  failing = new Set<string>();
  /** Ids of documents that arrive at the device in a shape that it cannot read. */
  unreadable = new Set<string>();
  /** Documents that are answered with 400, and the whole push with them. */
  refuse: (document: object) => boolean = () => false;
  /** Requests of this collection end in an internal error. */
  broken: (collection: CollectionName) => boolean = () => false;
  /** What each device wrote last of each document, and over what it said it did. */
  readonly #writes = new Map<string, { over: string; document: SyncedDocument }>();
  readonly #listeners = new Set<(event: StreamEvent) => void>();
  /** How often each mutation was applied. */
  readonly applied = new Map<string, number>();

  /** Puts an older state back, under a new epoch. */
  restore(backup: string): void {
    this.#nextEpoch('restore');
    this.read(backup);
    for (const id of this.applied.keys()) if (!this.get('intents', id)) this.applied.delete(id);
  }

  /** Loses everything, as a data folder that is not mounted. @param libraryId of the empty one that stands in its place. */
  lose(libraryId?: string): void {
    this.restore(new ModelFeed().backup());
    this.filling = null;
    if (libraryId === undefined) [this.recovery, this.loss] = [true, `loss-${Number(this.loss.split('-')[1]) + 1}`];
    else this.libraryId = libraryId;
  }

  #nextEpoch(cause: string): void {
    this.epoch = `epoch-${Number(this.epoch.split('-')[1]) + 1}`;
    this.cause = cause;
    this.#madeGood = cause === 'rebuild' ? this.loss : null;
  }

  /** Notifies every listening device that something changed. */
  announce(): void {
    for (const heard of this.#listeners) this.#notify(heard);
  }

  transport(device: string): Transport {
    return {
      ...this.#calls(device),
      pull: async (collection, from, limit) => {
        await this.#arrive();
        await this.beforePull(collection);
        if (this.broken(collection)) throw new ApiError('internal', 'broken', 500);
        if (!(Number.isSafeInteger(limit) && limit >= 1 && limit <= PULL_LIMIT))
          throw new ApiError('bad-request', 'too many', 400, { field: 'limit' });
        if (from && from.epoch !== this.epoch) throw new ApiError('stale-epoch', 'restored', 409);
        if (from && from.seq > this.seq) {
          this.#nextEpoch('swap');
          throw new ApiError('stale-epoch', 'an older copy', 409);
        }
        return this.#pull(collection, from?.seq ?? 0, limit, device);
      },
      push: async (collection, rows) => {
        await this.#arrive();
        if (this.broken(collection)) throw new ApiError('internal', 'broken', 500);
        if (!collections[collection].push)
          throw new ApiError('bad-request', 'read only', 400, { field: 'collection', code: 'read-only' });
        if (rows.some((row) => this.refuse(row.newDocumentState)))
          throw new ApiError('bad-request', 'not so', 400, { field: '0' });
        const refused = rows.flatMap(({ newDocumentState }, index) => {
          const reason = this.#refusal(collection, newDocumentState);
          return reason === null ? [] : [{ index, id: newDocumentState.id, reason, message: 'It was not taken' }];
        });
        const met = rows
          .filter((_, place) => !refused.some(({ index }) => index === place))
          .flatMap((row) => this.#push(collection, row, device) ?? []);
        this.announce();
        await this.beforeAnswer();
        if (this.loseNextAnswer) {
          this.loseNextAnswer = false;
          throw new ApiError('network', 'the answer was lost');
        }
        return {
          conflicts: met.map(({ master }) => master),
          bases: met.flatMap(({ base }) => base ?? []),
          refused,
        };
      },
      listen: async (heard, signal) => {
        await this.#arrive();
        signal.throwIfAborted();
        const at = Date.now();
        heard({
          event: 'hello',
          data: {
            epoch: this.epoch,
            libraryId: this.libraryId,
            serverTime: at - this.clockBehind,
            latestTime: at,
            protocol: 1,
            at: Math.floor(at / 1000),
          },
        });
        this.#notify(heard);
        this.#listeners.add(heard);
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
        this.#listeners.delete(heard);
        throw signal.reason;
      },
    };
  }

  #calls(device: string): LibraryCalls {
    const meant = (into: string, field: string): void => {
      if (this.recovery ? into === this.loss : into === this.epoch || into === this.#madeGood) return;
      this.misdirected += 1;
      throw new ApiError('conflict', 'for another', 409, { field });
    };
    return {
      state: async () => {
        await this.#arrive();
        const documents = Object.fromEntries(collectionNames.map((name) => [name, this.all(name).length]));
        const listens = this.all('journal').reduce((sum, page) => sum + (page as { n?: number }).n!, 0);
        return { libraryId: this.libraryId, epoch: this.epoch, seq: this.seq, cause: this.cause, documents, listens };
      },
      seen: async (seen) => {
        await this.#arrive();
        this.seen.push(seen);
      },
      recovery: async () => {
        await this.#reached();
        return {
          state: !this.recovery ? 'none' : this.filling ? 'rebuilding' : 'recovery',
          loss: this.recovery ? this.loss : null,
          rebuilding: this.filling === null ? null : { deviceId: this.filling },
        };
      },
      rebuild: async ({ loss }) => {
        await this.#reached();
        meant(loss, 'loss');
        this.filling = device;
      },
      give: async (collection, { documents, into }) => {
        await this.#reached();
        meant(into, 'into');
        const given = documents as SyncedDocument[];
        if (given.length > this.mostGiven || given.some(({ id }) => id === this.tooMuch))
          throw new ApiError('too-large', 'The body holds too much', 413);
        if (collection === this.refuses)
          return { taken: 0, known: 0, refused: given.map(({ id }) => ({ id, reason: 'It names nobody' })) };
        for (const document of given) if (!this.get(collection, document.id)) this.put(collection, document);
        this.given.push(...given);
        this.onGiven();
        return { taken: documents.length, known: 0, refused: [] };
      },
      finish: async (loss) => {
        await this.#reached();
        meant(loss, 'loss');
        this.filling = null;
        this.#nextEpoch('rebuild');
        this.recovery = false;
      },
    };
  }

  /** How far each collection has come. */
  #notify(heard: (event: StreamEvent) => void): void {
    for (const collection of collectionNames)
      heard({ event: 'resync', data: { collection, seq: this.seqOf(collection), epoch: this.epoch } });
  }

  async #arrive(): Promise<void> {
    await this.#reached();
    if (this.recovery) throw new ApiError('recovery', 'there is no library', 503);
  }

  async #reached(): Promise<void> {
    await Promise.resolve();
    if (this.down) throw new ApiError('network', 'down');
  }

  #pull(collection: CollectionName, seq: number, limit: number, device: string): Pulled {
    const rows = this.after(collection, seq, device).slice(0, limit);
    const whole = rows.filter(({ document: { id } }) => !this.unreadable.has(id));
    const documents = whole.map(({ document }) => ({ _deleted: false, ...structuredClone(document) }));
    const setAside = rows.filter((row) => !whole.includes(row)).map(({ document: { id } }) => id);
    return { documents, setAside, checkpoint: { epoch: this.epoch, seq: rows.at(-1)?.seq ?? seq } };
  }

  /** Why a row is not taken; null when it is. What says no more than that an intent is dismissed need say nothing else. */
  #refusal(collection: CollectionName, state: PushRow['newDocumentState']): 'internal' | 'bad-request' | null {
    if (this.failing.has(state.id)) return 'internal';
    if (collection === 'intents' && state._deleted) return null;
    return v.is(collections[collection].schema, state) ? null : 'bad-request';
  }

  /** As the server: what a device wrote itself, and has not heard of, does not count against it. */
  #push(
    collection: CollectionName,
    { newDocumentState, assumedMasterState }: PushRow,
    device: string,
  ): { master: SyncedDocument; base?: SyncedDocument } | undefined {
    const { id } = newDocumentState;
    if (collection === 'intents' && newDocumentState._deleted) {
      if (this.get(collection, id)) this.put(collection, { ...this.get(collection, id), id, _deleted: true });
      return undefined;
    }
    const master = this.get(collection, id);
    const known = master && { _deleted: false, ...master };
    const over = `${this.epoch} ${assumedMasterState ? same(assumedMasterState) : ''}`;
    const write = collection === 'playlists' ? this.#writes.get(`${device} ${id}`) : undefined;
    const base = write?.over === over ? write.document : undefined;
    const assumed = base ?? (assumedMasterState && { _deleted: false, ...assumedMasterState });
    if (known && (!assumed || same(assumed) !== same(known)))
      return { master: structuredClone(known), ...(base && { base: structuredClone(base) }) };
    if (collection === 'intents') this.#apply(newDocumentState as unknown as MutationDocument);
    else {
      const document = { _deleted: false, ...plain(newDocumentState) } as unknown as SyncedDocument;
      this.put(collection, document);
      this.#writes.set(`${device} ${id}`, { over, document });
    }
    return undefined;
  }

  #apply(document: MutationDocument): void {
    this.applied.set(document.id, (this.applied.get(document.id) ?? 0) + 1);
    const { verdict: _ignored, ...mutation } = plain(document) as unknown as MutationDocument;
    const { albums, artists } = changedBy(mutation, { albums: this.all('albums'), artists: this.all('artists') });
    for (const album of albums) this.put('albums', album);
    for (const artist of artists) this.put('artists', artist);
    const result = { state: 'applied', at: 1, appliedSeq: this.seq } as const;
    this.put('intents', { ...mutation, verdict: result } as unknown as SyncedDocument);
  }
}

function plain(state: SyncedDocument): Record<string, unknown> {
  const { _rev, _meta, _attachments, ...document } = state as unknown as Record<string, unknown>;
  return document;
}

const same = (state: object): string => canonical(plain(state as SyncedDocument));
