import * as v from 'valibot';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { retryPause, type RetryPolicy } from '#shared/timing/retryPolicy.ts';
import type { Replica } from '../../replica/types.ts';
import type { OutboxEntry, OutboxWrite } from './entry.ts';
import type { Outbox } from './outbox.ts';
import { edited, isTooLong, isWhole, needsOne, textOfEdit } from './playlistEdit.ts';

/** Runs work of which only one is to go on at a time, in whichever tab. */
export type Exclusively = (work: () => Promise<void>) => Promise<void>;

/** Milliseconds. */
const RETRY: RetryPolicy = { first: 1_000, longest: 30_000 };

export interface DrainHost {
  replica: () => Promise<Replica>;
  exclusively: Exclusively;
  /** This entry is in the replica now. */
  retired: (entry: OutboxEntry) => void;
  /** The replica could not take an entry; it stays and is tried again. */
  failed: (error: unknown) => void;
}

/**
 * Writes the outbox's entries into the replica, of all tabs, in their order. An entry waits until its write is confirmed; the
 * replica remembers what it was given, so that one that is written twice (a crash in between, two tabs) counts once. What changes a
 * playlist that has not come from the server yet waits for it, and holds up nothing but what else changes that playlist.
 */
export class Drain {
  readonly #outbox: Outbox;
  readonly #host: DrainHost;
  #running: Promise<void> | undefined;
  #again = false;
  #failures = 0;
  #waitsForSync = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(outbox: Outbox, host: DrainHost) {
    this.#outbox = outbox;
    this.#host = host;
  }

  /** Writes whatever waits. Never rejects: what fails is reported to the host, and tried again. @returns resolves when nothing more can be done now. */
  run(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    clearTimeout(this.#retry);
    try {
      while (this.#again) {
        this.#again = false;
        const replica = await this.#host.replica();
        await this.#host.exclusively(() => this.#pass(replica));
      }
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      this.#retry = setTimeout(() => void this.run(), retryPause(RETRY, this.#failures));
      this.#host.failed(error);
    } finally {
      this.#running = undefined;
    }
  }

  async #pass(replica: Replica): Promise<void> {
    const held = new Set<string>();
    for (let entries = this.#next(replica, held); entries.length > 0; entries = this.#next(replica, held)) {
      for (const entry of entries) {
        if (!this.#outbox.waits(entry)) continue;
        if (await comesTooSoon(replica, entry, held)) continue;
        for (const [index, write] of entry.writes.entries()) await written(replica, entry, index, write);
        this.#outbox.written(entry, replica.store);
        this.#host.retired(entry);
      }
    }
    if (held.size > 0) this.#whenSynced(replica);
  }

  /** What can be written now. */
  #next(replica: Replica, held: ReadonlySet<string>): OutboxEntry[] {
    this.#outbox.follow(replica.store);
    return this.#outbox
      .entries()
      .filter(({ writes }) => !writes.some((write) => write.to === 'playlists' && held.has(write.id)));
  }

  #whenSynced(replica: Replica): void {
    if (this.#waitsForSync) return;
    this.#waitsForSync = true;
    const stop = replica.onStatus(({ firstSyncDone }) => {
      if (!firstSyncDone) return;
      stop();
      this.#waitsForSync = false;
      void this.run();
    });
  }
}

/**
 * Whether an entry changes a playlist that may still come from the server. A playlist that was made here is written at once, unless
 * it was before: then it may be there, and further than this. @param held gains the playlists for which it is so.
 */
async function comesTooSoon(
  replica: Replica,
  { writes, again = false }: OutboxEntry,
  held: Set<string>,
): Promise<boolean> {
  if (replica.status.firstSyncDone) return false;
  const changes = writes.filter((write) => write.to === 'playlists').filter(({ edit }) => again || !isWhole(edit));
  for (const { id } of changes) {
    if (held.has(id) || (await replica.collection('playlists').get([id])).length === 0) held.add(id);
  }
  return changes.some(({ id }) => held.has(id));
}

async function written(replica: Replica, { id, at }: OutboxEntry, index: number, write: OutboxWrite): Promise<void> {
  const mutation = `${id}.${index}`;
  if (write.to === 'playlists') {
    // A removal has its time like any change: it decides which of two is the later, and what waits from what was sent.
    const parting = { updatedAt: Math.floor(at / 1_000) };
    const change = (before: PlaylistDocument | null, known: boolean): PlaylistDocument | null | undefined => {
      if (write.edit.kind === 'create' && known) return undefined;
      const { edit } = write;
      const details = { name: write.name ?? before?.name, did: edit.kind, words: textOfEdit(edit) };
      if (before === null && needsOne(edit)) {
        replica.refusePlaylist(mutation, {
          reason: 'unknown-playlist',
          message: 'There is no such playlist',
          ...details,
        });
        return undefined;
      }
      try {
        const after = edited(before, edit, at);
        if (after !== undefined)
          replica.playlistChanged(write.id, at, { name: after?.name ?? write.name, did: edit.kind });
        return after;
      } catch (error) {
        if (!v.isValiError<typeof PlaylistDocument>(error)) throw error;
        // It fitted what was shown, and does not fit what has become of it since: reported, and no reason to block the rest.
        const reason = isTooLong(error) ? 'too-many-entries' : 'bad-request';
        replica.refusePlaylist(mutation, { reason, message: error.message, ...details });
        return undefined;
      }
    };
    await replica.collection('playlists').change(write.id, mutation, change, parting);
  } else if ('insert' in write) {
    // Known, whatever has become of it since: it was written before.
    await replica
      .collection('intents')
      .change(write.insert.id, mutation, (_before, known) => (known ? undefined : write.insert));
  } else {
    await replica.collection('intents').change(write.remove, mutation, (before) => (before ? null : undefined));
  }
}

/** How long to wait for another tab, which may have been frozen; writing beside it does no harm. Milliseconds. */
const PATIENCE = 5_000;

/** By a Web Lock where there are any (not over plain HTTP): all tabs share it, and one that dies releases it. */
export function underWebLock(name: string): Exclusively {
  return async (work) => {
    const { locks } = navigator as { locks?: LockManager };
    if (!locks) return work();
    let begun = false;
    try {
      await locks.request(name, { signal: AbortSignal.timeout(PATIENCE) }, () => {
        begun = true;
        return work();
      });
    } catch (error) {
      if (begun) throw error;
      await work();
    }
  };
}
