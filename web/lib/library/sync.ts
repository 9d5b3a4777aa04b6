import type { CollectionName } from '#shared/sync/collections.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { MutationTarget } from '#shared/mutations/targets.ts';
import type { Changes, Replica, ReplicaStatus } from '../replica/types.ts';
import type { OptimisticState } from '#shared/mutations/optimisticState.ts';
import { isPending, optimisticStateOf } from './optimisticState.ts';
import type { BringBackCommand } from '../replica/types.ts';
import type { Signal } from './signal.ts';
import type { OutboxEntry } from './outbox/entry.ts';
import type { PlaylistStore } from './playlists.ts';
import { aboutOf } from './mutations/describe.ts';
import { definitionOf } from '#shared/mutations/registry.ts';
import type {
  BringBackProgress,
  Held,
  HeldAnswer,
  HeldQuestion,
  RefusedChange,
  Sync,
  SyncState,
  WaitingChange,
} from './types.ts';

/** A server that was there and is gone for less than this is not worth a word, nor is one that takes no longer to say what is new. */
const UNNOTICED = 2_500;

/** How this device stands towards the server, and what of its mutations waits. */
export class SyncStore implements Sync {
  readonly #signal: Signal;
  readonly #playlists: PlaylistStore;
  readonly #optimisticChanged: (state: OptimisticState) => void;
  readonly #dismissed: (id: string) => void;
  readonly #named: (mutation: Mutation) => readonly MutationTarget[];
  readonly #mutations = new Map<string, MutationDocument>();
  /** Changes of playlists that are in the outbox still, by the playlist. */
  #pendingPlaylists: ReadonlyMap<string, WaitingChange> = new Map();
  #replica: Replica | undefined;
  #status: ReplicaStatus | undefined;
  #shownOffline = false;
  #offlineTimer: ReturnType<typeof setTimeout> | undefined;
  #shownBehind = false;
  #behindTimer: ReturnType<typeof setTimeout> | undefined;
  #pendingIds = '';

  /**
   * @param dismissed takes a mutation that was refused out of sight, durably.
   * @param named what the library calls what a mutation is about.
   */
  constructor(
    signal: Signal,
    playlists: PlaylistStore,
    optimisticChanged: (state: OptimisticState) => void,
    dismissed: (id: string) => void,
    named: (mutation: Mutation) => readonly MutationTarget[] = () => [],
  ) {
    this.#dismissed = dismissed;
    this.#named = named;
    this.#signal = signal;
    this.#playlists = playlists;
    this.#optimisticChanged = optimisticChanged;
  }

  get status(): ReplicaStatus | undefined {
    this.#signal.track();
    return this.#status;
  }

  /** The server has not answered for a while. */
  get offline(): boolean {
    this.#signal.track();
    return this.#shownOffline;
  }

  get state(): SyncState {
    const { status } = this;
    if (status?.failure) return 'halted';
    if (!status || this.#shownOffline) return this.#shownOffline ? 'offline' : 'syncing';
    return this.#share < 1 || this.waiting.length > 0 ? 'syncing' : 'in-step';
  }

  get complete(): boolean {
    return this.status?.firstSyncDone ?? false;
  }

  get progress(): number {
    return Math.floor(this.#share * 100);
  }

  /** How much is here of what is known, or is being asked for. */
  get #share(): number {
    const { progress = 0 } = this.status ?? {};
    return this.#shownBehind ? Math.min(progress, 0.99) : progress;
  }

  get waiting(): readonly WaitingChange[] {
    this.#signal.track();
    const mutations = [...this.#mutations.values()]
      .filter(({ verdict: result }) => !result)
      .map((document): WaitingChange => ({
        id: document.id,
        kind: document.intent.kind,
        madeAt: document.madeAt,
        mutation: document.intent,
        about: this.#aboutOf(document),
      }));
    return [...mutations, ...this.#waitingPlaylists()].sort((a, b) => b.madeAt - a.madeAt);
  }

  #waitingPlaylists(): readonly WaitingChange[] {
    const { unsentPlaylists = {}, unsentWords: unsentTexts = {} } = this.#status ?? {};
    const written = Object.entries(unsentPlaylists).map(([id, madeAt]): WaitingChange => {
      const { name: before, did } = unsentTexts[id] ?? {};
      const name = this.#playlists.get(id)?.name ?? before;
      return { id, kind: 'playlist', madeAt, ...(name !== undefined && { name }), ...(did !== undefined && { did }) };
    });
    return [...written.filter(({ id }) => !this.#pendingPlaylists.has(id)), ...this.#pendingPlaylists.values()];
  }

  get refused(): readonly RefusedChange[] {
    this.#signal.track();
    const mutations = [...this.#mutations.values()].flatMap((document): RefusedChange[] => {
      const { id, intent: mutation, verdict: result } = document;
      if (result?.state !== 'refused') return [];
      const { reason, message } = result;
      return [
        {
          id,
          kind: mutation.kind,
          mutation,
          about: this.#aboutOf(document),
          words: definitionOf(mutation).writtenText?.(mutation) ?? '',
          reason,
          message,
        },
      ];
    });
    const playlists = Object.entries(this.#status?.refusedPlaylists ?? {}).map(
      ([id, { name, ...why }]): RefusedChange => {
        const called = this.#playlists.get(id)?.name ?? name;
        return { id, kind: 'playlist', ...why, ...(called !== undefined && { name: called }) };
      },
    );
    return [...mutations, ...playlists];
  }

  get unreadable(): Sync['unreadable'] {
    return Object.entries(this.status?.unreadable ?? {}).flatMap(([collection, { length: count }]) =>
      count > 0 ? [{ collection: collection as CollectionName, count }] : [],
    );
  }

  #aboutOf(document: MutationDocument): string {
    return aboutOf(document, this.#mutations.values(), this.#named);
  }

  get recovery(): boolean {
    return this.status?.connection === 'recovery';
  }

  get held(): Held | null {
    return this.status?.held ?? null;
  }

  get bringBack(): BringBackProgress | null {
    return this.status?.bringBack ?? null;
  }

  answerHeld(answer: HeldAnswer, to: HeldQuestion): void {
    this.#replica?.answerHeld(answer, to);
  }

  sendBringBack(command: BringBackCommand): void {
    this.#replica?.bringBack(command);
  }

  /** MutationSubmitter that lie over what the server sent. */
  get hasPending(): boolean {
    return this.#pendingIds !== '';
  }

  get lastInStepAt(): number | null {
    return this.status?.lastInStepAt ?? null;
  }

  async dismiss(refusedId: string): Promise<void> {
    if (this.#status?.refusedPlaylists[refusedId]) this.#replica?.forgetRefusal(refusedId);
    else this.#dismissed(refusedId);
  }

  /** Every mutation of this device that is known, with those that wait in the outbox. */
  get mutations(): Iterable<MutationDocument> {
    return this.#mutations.values();
  }

  retry(): void {
    this.#replica?.retry();
  }

  attach(replica: Replica): void {
    this.#replica = replica;
    this.setStatus(replica.status);
    replica.onStatus((status) => this.setStatus(status));
  }

  setStatus(status: ReplicaStatus): void {
    const first = this.#status === undefined || this.#status.connection === 'connecting';
    this.#status = status;
    // A server without a library cannot be synced with either; that is worth a word at once.
    if (status.connection === 'recovery' || (status.connection === 'offline' && first)) this.#shownOffline = true;
    else if (status.connection === 'offline') {
      this.#offlineTimer ??= setTimeout(() => {
        this.#shownOffline = true;
        this.#signal.bump();
      }, UNNOTICED);
    } else if (status.connection !== 'connecting') {
      clearTimeout(this.#offlineTimer);
      this.#offlineTimer = undefined;
      this.#shownOffline = false;
    }
    this.#follow(status.asking);
    this.#apply();
    this.#signal.bump();
  }

  #follow(isAsking: boolean): void {
    if (!isAsking) {
      clearTimeout(this.#behindTimer);
      this.#behindTimer = undefined;
      this.#shownBehind = false;
    } else {
      this.#behindTimer ??= setTimeout(() => {
        this.#shownBehind = true;
        this.#signal.bump();
      }, UNNOTICED);
    }
  }

  /** Shows what waits in the outbox; what the replica has of the same is further. */
  setPending(entries: readonly OutboxEntry[]): void {
    const mutations = entries.flatMap(({ writes }) => writes.filter((write) => write.to === 'intents'));
    const documents = mutations.flatMap((write) =>
      'insert' in write && !this.#mutations.has(write.insert.id) ? [write.insert] : [],
    );
    const removed = mutations.flatMap((write) => ('remove' in write ? [write.remove] : []));
    const before = this.#pendingPlaylists;
    this.#pendingPlaylists = pendingPlaylists(entries, (id) => this.#playlists.get(id)?.name);
    if (mutations.length > 0) this.setMutations({ documents, removed });
    else if (before.size > 0 || this.#pendingPlaylists.size > 0) this.#signal.bump();
  }

  setMutations({ documents, removed }: Changes<MutationDocument>): void {
    for (const id of removed) this.#mutations.delete(id);
    for (const document of documents) this.#mutations.set(document.id, document);
    this.#apply();
    this.#signal.bump();
  }

  /** Lays the pending mutations over what the server sent, when which they are has changed. */
  #apply(): void {
    const caughtUp = this.#status?.caughtUp ?? {};
    const pending = [...this.#mutations.values()].filter((document) => isPending(document, caughtUp));
    const ids = pending
      .map(({ id }) => id)
      .sort()
      .join();
    if (ids === this.#pendingIds) return;
    this.#pendingIds = ids;
    this.#optimisticChanged(optimisticStateOf(this.#mutations.values(), caughtUp));
  }
}

/** The last that was done to each playlist. @param nameOf what it is called now. */
function pendingPlaylists(
  entries: readonly OutboxEntry[],
  nameOf: (id: string) => string | undefined,
): ReadonlyMap<string, WaitingChange> {
  const pending = new Map<string, WaitingChange>();
  for (const { at, writes } of entries) {
    for (const write of writes) {
      if (write.to !== 'playlists') continue;
      const { id, edit } = write;
      const name = nameOf(id) ?? ('playlist' in edit ? edit.playlist.name : write.name);
      pending.set(id, { id, kind: 'playlist', madeAt: at, did: edit.kind, ...(name !== undefined && { name }) });
    }
  }
  return pending;
}
