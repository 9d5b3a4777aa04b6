import * as v from 'valibot';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { Replica } from '../../replica/types.ts';
import type { OutboxEntry, OutboxWrite } from './entry.ts';
import type { Outbox } from './outbox.ts';
import { edited } from './playlistEdit.ts';

/** Runs work of which only one is to go on at a time, in whichever tab. */
export type Exclusively = (work: () => Promise<void>) => Promise<void>;

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;

export interface DrainHost {
  replica: () => Promise<Replica>;
  exclusively: Exclusively;
  /** This entry is in the replica now. */
  retired: (entry: OutboxEntry) => void;
  /** The replica could not take an entry; it stays and is tried again. */
  failed: (error: unknown) => void;
}

/**
 * Writes the outbox's entries into the replica, of all tabs, in their order. An entry is taken out once its write is confirmed; the
 * replica remembers what it was given, so that one that is written twice (a crash in between, two tabs) counts once.
 */
export class Drain {
  readonly #outbox: Outbox;
  readonly #host: DrainHost;
  #running: Promise<void> | undefined;
  #again = false;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(outbox: Outbox, host: DrainHost) {
    this.#outbox = outbox;
    this.#host = host;
  }

  /** Writes whatever waits. Never rejects: what fails is told to the host, and tried again. @returns resolves when nothing more can be done now. */
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
      this.#retry = setTimeout(() => void this.run(), Math.min(FIRST_PAUSE * 2 ** this.#failures++, LONGEST_PAUSE));
      this.#host.failed(error);
    } finally {
      this.#running = undefined;
    }
  }

  async #pass(replica: Replica): Promise<void> {
    for (let entry = this.#outbox.first(); entry; entry = this.#outbox.first()) {
      for (const [index, write] of entry.writes.entries()) await written(replica, entry, index, write);
      this.#outbox.retire(entry);
      this.#host.retired(entry);
    }
  }
}

async function written(replica: Replica, { id, at }: OutboxEntry, index: number, write: OutboxWrite): Promise<void> {
  const mutation = `${id}.${index}`;
  if (write.to === 'playlists') {
    // A removal has its time like any change: by it the later of two is told, and what waits from what was sent.
    const parting = { updatedAt: Math.floor(at / 1_000) };
    const change = (before: PlaylistDocument | null, known: boolean): PlaylistDocument | null | undefined => {
      if (write.edit.kind === 'create' && known) return undefined;
      try {
        const after = edited(before, write.edit, at);
        if (after !== undefined) replica.playlistChanged(write.id, at);
        return after;
      } catch (error) {
        if (!(error instanceof v.ValiError)) throw error;
        // It fitted what was shown, and does not fit what has become of it since: told, and no reason to hold up the rest.
        replica.refusePlaylist(write.id, { reason: 'bad-request', message: error.message });
        return undefined;
      }
    };
    await replica.collection('playlists').change(write.id, mutation, change, parting);
  } else if ('insert' in write) {
    // Known, whatever has become of it since: it was written before.
    await replica.collection('intents').change(write.insert.id, mutation, (_before, known) => (known ? undefined : write.insert));
  } else {
    await replica.collection('intents').change(write.remove, mutation, (before) => (before ? null : undefined));
  }
}

/** How long to wait for another tab, which may have been frozen; writing beside it does no harm. Milliseconds. */
const PATIENCE = 5_000;

/** By a Web Lock where there are any (not over plain HTTP): all tabs share it, and one that dies lets go of it. */
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
