import { randomUUID } from 'node:crypto';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { mergePlaylists } from '#shared/library/playlistMerge.ts';
import type { Checkpoint } from '#shared/sync/checkpoint.ts';
import { collectionNames, collections, type CollectionName } from '#shared/sync/collections.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { MutationTarget } from '#shared/mutations/targets.ts';

type SyncedDocument = { id: string; _deleted: boolean } & Record<string, unknown>;

/** A playlist as this device has it, and as the server last said it was. */
interface DevicePlaylist {
  mine: PlaylistDocument & { _deleted: boolean };
  /** Null for one that the server has never sent, in this epoch of its library. */
  master: (PlaylistDocument & { _deleted: boolean }) | null;
  dirty: boolean;
}

/**
 * A device without a browser: it holds documents, checkpoints, mutations and playlists as the app's replica does, and speaks the
 * same protocol over HTTP. An answer may get lost on the way: then it does not know what the server took.
 */
export class ModelDevice {
  readonly id = randomUUID();
  /** Documents that the server alone writes, by collection and id. */
  readonly documents = new Map<CollectionName, Map<string, SyncedDocument>>();
  readonly mutations = new Map<string, MutationDocument>();
  readonly playlists = new Map<string, DevicePlaylist>();
  #checkpoints = new Map<CollectionName, Checkpoint>();
  #number = 0;
  readonly #url: () => string;
  /** Never stands still and never repeats, so that of two words there is always a later one. */
  readonly #moment: () => number;

  constructor(url: () => string, moment: () => number) {
    this.#url = url;
    this.#moment = moment;
  }

  /** @param epoch the life of the library that its ids are of, where it says so. @param targets what they name here. */
  mutate(mutation: Mutation, epoch?: string, targets?: MutationTarget[]): MutationDocument {
    const document = {
      id: randomUUID(),
      deviceId: this.id,
      number: (this.#number += 1),
      madeAt: this.#moment(),
      intent: mutation,
      ...(epoch !== undefined && { epoch }),
      ...(targets && { targets }),
    };
    this.mutations.set(document.id, document);
    return document;
  }

  /** The life of the library that it follows; undefined before it pulled for the first time. */
  get epoch(): string | undefined {
    return this.checkpoint('albums')?.epoch;
  }

  checkpoint(collection: CollectionName): Checkpoint | undefined {
    return this.#checkpoints.get(collection);
  }

  putPlaylist(playlist: PlaylistDocument, deleted = false): void {
    const stored = this.playlists.get(playlist.id);
    this.playlists.set(playlist.id, {
      mine: { ...playlist, _deleted: deleted },
      master: stored?.master ?? null,
      dirty: true,
    });
  }

  /** Sends what waits. @param lost the answer does not arrive. */
  async push(lost = false): Promise<void> {
    const waiting = [...this.mutations.values()]
      .filter(({ verdict: result }) => !result)
      .sort((one, other) => one.number - other.number);
    if (waiting.length > 0)
      await this.#send(
        'intents',
        waiting.map((mutation) => ({ newDocumentState: { ...mutation, _deleted: false } })),
      );
    const dirty = [...this.playlists.values()].filter((playlist) => playlist.dirty);
    if (dirty.length === 0) return;
    const conflicts = await this.#send(
      'playlists',
      dirty.map(({ mine, master }) => ({ newDocumentState: mine, ...(master && { assumedMasterState: master }) })),
    );
    if (lost) return;
    const refused = new Map(conflicts.map((master) => [master.id, master as unknown as DevicePlaylist['mine']]));
    for (const stored of dirty) {
      const master = refused.get(stored.mine.id);
      if (master === undefined)
        this.playlists.set(stored.mine.id, { mine: stored.mine, master: stored.mine, dirty: false });
      else this.#meet(stored, master);
    }
  }

  /** Asks for the next documents of a collection. @returns true at the end of the feed. */
  async pull(collection: CollectionName, limit: number): Promise<boolean> {
    const from = this.#checkpoints.get(collection);
    const query = from ? `&seq=${from.seq}&epoch=${from.epoch}` : '';
    const answer = await this.#ask(`${collection}/pull?limit=${limit}&device=${this.id}${query}`);
    if (answer.status === 409) {
      this.#beginAnew();
      return false;
    }
    if (answer.status !== 200) throw new Error(`Pull of ${collection}: ${answer.status} ${await answer.text()}`);
    const { documents, checkpoint } = (await answer.json()) as { documents: SyncedDocument[]; checkpoint: Checkpoint };
    for (const document of documents) this.#take(collection, document);
    this.#checkpoints.set(collection, checkpoint);
    return documents.length < limit;
  }

  /** Pulls and pushes until both sides have everything. */
  async settle(): Promise<void> {
    for (let rounds = 0; rounds < 20; rounds += 1) {
      await this.push();
      let quiet = true;
      for (const collection of collectionNames) {
        while (!(await this.pull(collection, 50))) quiet = false;
      }
      const waits =
        [...this.mutations.values()].some(({ verdict: result }) => !result) ||
        [...this.playlists.values()].some(({ dirty }) => dirty);
      if (quiet && !waits) return;
    }
    throw new Error(`The device ${this.id} never came to rest`);
  }

  /** Everything it holds that every device must hold alike, in an order of its own. */
  holds(): unknown {
    const documents = collectionNames
      .filter((name) => !collections[name].push)
      .map((name) => [name, sorted(this.documents.get(name) ?? new Map())]);
    const playlists = [...this.playlists.values()].filter(({ mine }) => !mine._deleted).map(({ mine }) => mine);
    return { documents, playlists: playlists.sort(byId) };
  }

  #take(collection: CollectionName, document: SyncedDocument): void {
    if (collection === 'intents') return this.#takeResult(document);
    if (collection === 'playlists') return this.#takePlaylist(document as unknown as DevicePlaylist['mine']);
    const stored = this.documents.get(collection) ?? new Map<string, SyncedDocument>();
    this.documents.set(collection, stored);
    if (document._deleted) stored.delete(document.id);
    else stored.set(document.id, document);
  }

  #takeResult({ _deleted, ...document }: SyncedDocument): void {
    const own = this.mutations.get(document.id);
    if (own && !_deleted) this.mutations.set(own.id, document as unknown as MutationDocument);
  }

  #takePlaylist(master: DevicePlaylist['mine']): void {
    const stored = this.playlists.get(master.id);
    if (stored?.dirty) this.#meet(stored, master);
    else this.playlists.set(master.id, { mine: master, master, dirty: false });
  }

  /** Both sides changed it: the same rule as in the app. */
  #meet({ mine, master: base }: DevicePlaylist, master: DevicePlaylist['mine']): void {
    const resolved = resolve(mine, master, base);
    this.playlists.set(master.id, {
      mine: resolved,
      master,
      dirty: JSON.stringify(canonical(resolved)) !== JSON.stringify(canonical(master)),
    });
  }

  /** The library was restored: everything is pulled anew, and what this device made is offered again. */
  #beginAnew(): void {
    this.#checkpoints = new Map();
    this.documents.clear();
    for (const { verdict: _over, ...mutation } of this.mutations.values()) this.mutations.set(mutation.id, mutation);
    for (const { mine } of this.playlists.values()) this.playlists.set(mine.id, { mine, master: null, dirty: true });
  }

  /** A kept-alive connection breaks when the server is killed. Everything a device says may be said twice. */
  #ask(path: string, init?: RequestInit): Promise<Response> {
    const ask = () => fetch(`${this.#url()}/api/v1/sync/${path}`, init);
    return ask().catch(ask);
  }

  async #send(collection: CollectionName, rows: unknown[]): Promise<SyncedDocument[]> {
    const answer = await this.#ask(`${collection}/push`, { method: 'POST', body: JSON.stringify(rows) });
    if (answer.status !== 200) throw new Error(`Push of ${collection}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as SyncedDocument[];
  }
}

function resolve(
  mine: DevicePlaylist['mine'],
  theirs: DevicePlaylist['mine'],
  base: DevicePlaylist['master'],
): DevicePlaylist['mine'] {
  if (mine._deleted && theirs._deleted) return theirs;
  if (mine._deleted || theirs._deleted) {
    if (base) return mine._deleted ? theirs : mine;
    return mine.updatedAt > theirs.updatedAt ? mine : theirs;
  }
  const [plainMine, plainTheirs] = [plain(mine), plain(theirs)];
  return { ...mergePlaylists(base && !base._deleted ? plain(base) : null, plainMine, plainTheirs), _deleted: false };
}

function plain({ _deleted, ...playlist }: DevicePlaylist['mine']): PlaylistDocument {
  return playlist;
}

const byId = (one: { id: string }, other: { id: string }): number => (one.id < other.id ? -1 : 1);
const sorted = (documents: ReadonlyMap<string, SyncedDocument>): SyncedDocument[] => [...documents.values()].sort(byId);

/** The same value whatever the order of its keys. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, canonical(part)]),
  );
}
