import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Replica } from '../../replica/types.ts';
import { memoryStore } from '../../replica/metadataStore.ts';
import { uuid } from '../../replica/uuid.ts';
import { Drain } from './drain.ts';
import { NotStored, Outbox } from './outbox.ts';
import type { OutboxStorage } from './storage.ts';

const playlist = '00000000-0000-4000-8000-0000000000aa';
const facts = {
  id: playlist,
  name: 'Evening',
  algorithm: null,
  aiPrompt: null,
  createdAt: 1_100_000_000,
  updatedAt: 1_100_000_000,
  entries: [],
};

type Document = Record<string, unknown> & { id: string };

/** What the tabs of one browser share: documents, and which mutations were made to each. Every write waits until it is let through. */
class SharedReplica {
  readonly documents = new Map<string, { document: Document | null; mutations: string[] }>();
  /** Every change that was made, in its order. */
  readonly made: string[] = [];
  readonly waiting: (() => void)[] = [];

  /** A tab's view of it; one that has crashed gets no answer, whether its write went through or not. */
  tab(crashed: () => 'no' | 'before' | 'after'): Replica {
    const collection = () => ({
      change: async (
        id: string,
        mutation: string,
        change: (before: Document | null, known: boolean) => Document | null | undefined,
      ) => {
        await new Promise<void>((resolve) => void this.waiting.push(resolve));
        if (crashed() !== 'before') this.#change(id, mutation, change);
        if (crashed() !== 'no') await new Promise(() => undefined);
      },
    });
    return {
      store: 'store',
      status: { firstSyncDone: true },
      collection,
      playlistChanged: () => undefined,
      refusePlaylist: () => undefined,
    } as unknown as Replica;
  }

  #change(
    id: string,
    mutation: string,
    change: (before: Document | null, known: boolean) => Document | null | undefined,
  ): void {
    const stored = this.documents.get(id);
    if (stored?.mutations.includes(mutation)) return;
    const after = change(stored?.document ?? null, stored !== undefined);
    if (after === undefined) return;
    this.made.push(mutation);
    this.documents.set(id, { document: after, mutations: [...(stored?.mutations ?? []), mutation] });
  }
}

/** A page with an outbox on the shared storage. */
class Tab {
  crash: 'no' | 'before' | 'after' = 'no';
  readonly outbox: Outbox;
  readonly #drain: Drain;

  constructor(storage: OutboxStorage, replica: SharedReplica) {
    this.outbox = new Outbox(storage, 'test');
    // No lock: as over plain HTTP, every tab writes whatever it finds.
    const open = replica.tab(() => this.crash);
    this.#drain = new Drain(this.outbox, {
      replica: () => Promise.resolve(open),
      exclusively: (work) => work(),
      retired: () => undefined,
      failed: () => undefined,
    });
    void this.#drain.run();
  }

  /** Loves a track, or puts it on the playlist. @returns the mutation's name. */
  write(track: number): string {
    const entry = this.outbox.add(1_200_000_000_000, 1, (number) =>
      track % 2 === 0
        ? [{ to: 'playlists', id: playlist, edit: { kind: 'append', entries: [{ entry: uuid(), trackId: track }] } }]
        : [
            {
              to: 'intents',
              insert: {
                id: uuid(),
                deviceId: uuid(),
                number,
                madeAt: 1,
                intent: { kind: 'love-track', trackId: track, loved: true },
              },
            },
          ],
    );
    void this.#drain.run();
    return `${entry.id}.0`;
  }

  drained(): Promise<void> {
    return this.#drain.run();
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), tab: fc.nat(1) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('let through' as const), which: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('crash' as const),
      tab: fc.nat(1),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
);

describe('the outbox', () => {
  it('brings every write to the replica once, in order, whatever tabs crash and write at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const [storage, replica] = [memoryStore(), new SharedReplica()];
        replica.documents.set(playlist, { document: facts, mutations: [] });
        const tabs = [new Tab(storage, replica), new Tab(storage, replica)];
        const written: string[] = [];
        for (const each of steps) {
          if (each.do === 'write') written.push(tabs[each.tab]!.write(written.length));
          else if (each.do === 'crash') {
            tabs[each.tab]!.crash = each.when;
            for (const go of replica.waiting.splice(0)) go();
            await settled();
            tabs[each.tab] = new Tab(storage, replica);
          } else replica.waiting.splice(each.which, 1)[0]?.();
          await settled();
        }
        const last = new Tab(storage, replica).drained();
        let done = false;
        void last.then(() => (done = true));
        while (!done) {
          for (const go of replica.waiting.splice(0)) go();
          await settled();
        }
        expect(replica.made).toEqual(written);
        expect(tabs[0]!.outbox.entries()).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  const love = (outbox: Outbox) => outbox.add(1, 1, () => [{ to: 'intents', remove: uuid() }]);
  const refusing = (name: string): OutboxStorage => ({
    ...memoryStore(),
    setItem: () => {
      throw new DOMException('No', name);
    },
  });

  it('says that nothing was written where the storage is full, refused or silently forgetful, or the replica takes nothing any more', () => {
    const reasonOf = (storage: OutboxStorage | undefined) => {
      try {
        love(new Outbox(storage, 'test'));
        return undefined;
      } catch (error) {
        return error instanceof NotStored ? error.reason : error;
      }
    };
    expect(reasonOf(refusing('QuotaExceededError'))).toBe('full');
    expect(reasonOf(refusing('SecurityError'))).toBe('refused');
    expect(reasonOf({ ...memoryStore(), setItem: () => undefined })).toBe('refused');
    expect(reasonOf(undefined)).toBe('refused');
    const crowded = { ...memoryStore(), length: 1_000, key: (index: number) => `aime.outbox.test.${index}` };
    expect(reasonOf(crowded)).toBe('too-many');
  });

  it('drops what can be fetched again when the storage is full', () => {
    const storage = memoryStore();
    let full = true;
    const once: OutboxStorage = {
      ...storage,
      setItem: (key, value) => {
        if (full) throw new DOMException('Full', 'QuotaExceededError');
        storage.setItem(key, value);
      },
    };
    const entry = love(new Outbox(once, 'test', () => (full = false)));
    expect(storage.getItem(`aime.outbox.test.${String(entry.number).padStart(12, '0')}.${entry.id}`)).not.toBeNull();
  });

  it('keeps another database’s entries separate, and passes over what it cannot read', () => {
    const storage = memoryStore();
    const [mine, other] = [new Outbox(storage, 'mine'), new Outbox(storage, 'other')];
    storage.setItem('aime.outbox.mine.000000000000.x', '{"v":');
    const entry = love(mine);
    love(other);
    expect(mine.entries()).toEqual([entry]);
    mine.clear();
    expect([mine.entries().length, other.entries().length]).toEqual([0, 1]);
  });
});
