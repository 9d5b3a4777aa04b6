import { afterEach, describe, expect, it } from 'vitest';
import { MOST_ENTRIES } from '#shared/library/playlist.ts';
import { dexieName } from '../../replica/database.ts';
import { openReplica } from '../../replica/index.ts';
import { MetadataStore } from '../../replica/metadataStore.ts';
import { until } from '../../replica/testing/device.ts';
import { memoryStorage, memoryStore } from '../../replica/testing/memory.ts';
import { ModelServer } from '../../replica/testing/modelServer.ts';
import type { Replica } from '../../replica/types.ts';
import { uuid } from '../../replica/uuid.ts';
import { Drain } from './drain.ts';
import type { OutboxWrite, PlaylistEdit } from './entry.ts';
import { Outbox } from './outbox.ts';
import { Settling } from './settle.ts';

const NAMES = ['albums', 'intents', 'playlists'] as const;
const list = (id: string, entries: { entry: string; trackId: number }[] = []) => ({
  id,
  name: 'Evening',
  algorithm: null,
  aiPrompt: null,
  createdAt: 1_100_000_000,
  updatedAt: 1_100_000_000,
  entries,
});

/** A browser whose localStorage stays, whatever becomes of its databases. */
class Browser {
  readonly server = new ModelServer();
  readonly local = memoryStore();
  readonly metadata = new MetadataStore(this.local);
  readonly outbox = new Outbox(this.local, 'test');
  replica!: Replica;
  #drain!: Drain;
  #settling!: Settling;

  /** Opens the app over an empty database: a first time, or because the browser has deleted it. */
  async open(): Promise<this> {
    const name = `test-${uuid()}`;
    const storage = { ...memoryStorage(), created: new Set(NAMES.map((each) => dexieName(name, each))) };
    this.replica = await openReplica({
      storage,
      metadata: this.metadata,
      name,
      names: NAMES,
      transport: (device) => this.server.transport(device),
    });
    const host = {
      replica: () => Promise.resolve(this.replica),
      exclusively: (work: () => Promise<void>) => work(),
      retired: () => undefined,
      failed: (error: unknown) => expect.fail(String(error)),
    };
    this.#drain = new Drain(this.outbox, host);
    this.#settling = new Settling(this.outbox, this.replica, this.metadata, (error) => expect.fail(String(error)));
    this.replica.startSync();
    return this;
  }

  async evict(): Promise<void> {
    await this.close();
    await this.open();
    await this.#drain.run();
  }

  async close(): Promise<void> {
    this.#settling.stop();
    await this.replica.close();
  }

  async does(...writes: OutboxWrite[]): Promise<void> {
    this.outbox.add(this.replica.now(), this.metadata.nextMutationNumber(), () => writes);
    await this.#drain.run();
  }

  async notes(note: string): Promise<string> {
    const id = uuid();
    await this.does({
      to: 'intents',
      insert: {
        id,
        deviceId: this.replica.deviceId,
        number: this.metadata.nextMutationNumber(),
        madeAt: this.replica.now(),
        intent: { kind: 'note-album', albumId: '1', note },
      },
    });
    return id;
  }

  edits = (id: string, edit: PlaylistEdit): Promise<void> => this.does({ to: 'playlists', id, name: 'Evening', edit });

  reconnects(): void {
    this.server.down = false;
    this.replica.retry();
  }

  /** What is stored until the server has answered. */
  stored = () => this.outbox.unanswered(this.replica.store).length + this.outbox.entries().length;

  inStep = () =>
    until(() => this.replica.status.firstSyncDone && Object.keys(this.metadata.read().unsentPlaylists).length === 0);

  nameOnServer = (id: string) => (this.server.get('playlists', id) as { name?: string } | undefined)?.name;

  /** Settles until nothing more can be, and says what stays. */
  async settled(left: number): Promise<void> {
    await until(async () => {
      await this.#settling.run();
      return this.stored() === left;
    });
  }
}

let browser: Browser;
afterEach(() => browser.close());

describe('a browser that deletes its database and leaves its localStorage', () => {
  it('still hands over, once, what was done while the server was gone', async () => {
    browser = await new Browser().open();
    const { server } = browser;
    const known = uuid();
    server.put('playlists', list(known));
    await browser.inStep();
    await until(async () => (await browser.replica.collection('playlists').get([known])).length === 1);
    server.down = true;
    const note = await browser.notes('Bought in the rain');
    const made = uuid();
    await browser.edits(made, { kind: 'create', playlist: list(made) });
    await browser.edits(made, { kind: 'append', entries: [{ entry: 'a', trackId: 1 }] });
    await browser.edits(known, { kind: 'rename', name: 'Night' });
    // What is deleted has no name on this device any more, and is reported by the one it had.
    expect(browser.metadata.read().unsentWords).toEqual({
      [made]: { name: 'Evening', did: 'create' },
      [known]: { name: 'Night', did: 'rename' },
    });
    await browser.edits(made, { kind: 'delete' });
    expect(browser.replica.status.unsentPlaylists).toHaveProperty(made);
    expect(browser.metadata.read().unsentWords[made]).toEqual({ name: 'Evening', did: 'delete' });
    await browser.edits(made, { kind: 'restore', playlist: { ...list(made), entries: [{ entry: 'a', trackId: 1 }] } });
    await browser.evict();
    await browser.evict();
    browser.reconnects();
    await until(
      () =>
        server.applied.get(note) === 1 &&
        browser.nameOnServer(known) === 'Night' &&
        browser.nameOnServer(made) === 'Evening',
    );
    expect(server.get('playlists', made)).toMatchObject({ entries: [{ entry: 'a', trackId: 1 }] });
    expect(browser.replica.status.refusedPlaylists).toEqual({});
    await browser.settled(0);
    expect(browser.metadata.read().unsentWords).toEqual({});
  });

  it('keeps what was refused until the person has read it', async () => {
    browser = await new Browser().open();
    browser.server.refuse = (document) => 'intent' in document;
    const note = await browser.notes('Three lines');
    await browser.inStep();
    const result = async () => (await browser.replica.collection('intents').get([note]))[0]?.verdict?.state;
    await until(async () => (await result()) === 'refused');
    await browser.settled(1);
    await browser.evict();
    await until(async () => (await result()) === 'refused');
    await browser.does({ to: 'intents', remove: note });
    await browser.settled(0);
  });

  it('reports what could not be done to a playlist that is gone, once it is known to be', async () => {
    browser = await new Browser().open();
    const gone = uuid();
    browser.server.down = true;
    await browser.edits(gone, { kind: 'rename', name: 'Night' });
    await browser.edits(gone, {
      kind: 'append',
      entries: [{ entry: 'a', trackId: 1, artist: 'Ulla Brandt', title: 'Bris' }],
    });
    expect(browser.replica.status.refusedPlaylists).toEqual({});
    browser.reconnects();
    await until(() => Object.keys(browser.replica.status.refusedPlaylists).length === 2);
    const expected = { reason: 'unknown-playlist', name: 'Evening' };
    expect(Object.values(browser.replica.status.refusedPlaylists)).toMatchObject([
      { ...expected, words: 'Night' },
      { ...expected, words: 'Ulla Brandt – Bris' },
    ]);
    await browser.settled(2);
    for (const key of Object.keys(browser.replica.status.refusedPlaylists)) browser.replica.forgetRefusal(key);
    await browser.settled(0);
  });

  it('keeps no more of it than a browser has room for, and lets the oldest go', async () => {
    browser = await new Browser().open();
    browser.server.down = true;
    const entries = Array.from({ length: 800 }, (_, n) => ({ entry: String(n), trackId: n, title: 'x'.repeat(60) }));
    for (let count = 0; count < 12; count++) {
      const id = uuid();
      await browser.edits(id, { kind: 'create', playlist: list(id, entries) });
    }
    const unanswered = browser.outbox.unanswered(browser.replica.store);
    expect(unanswered.length).toBeGreaterThan(2);
    expect(unanswered.length).toBeLessThan(12);
    expect(unanswered.at(-1)?.number).toBe(12);
  });
});

it('a playlist that has become too long by merging can be made shorter, and is refused in words of its own', async () => {
  browser = await new Browser().open();
  const id = uuid();
  const entries = Array.from({ length: MOST_ENTRIES + 5 }, (_, n) => ({ entry: String(n), trackId: n }));
  browser.server.put('playlists', list(id, entries));
  browser.server.refuse = (document) => ((document as { entries?: unknown[] }).entries?.length ?? 0) > MOST_ENTRIES;
  await browser.inStep();
  await browser.edits(id, { kind: 'append', entries: [{ entry: 'one more', trackId: 1 }] });
  expect(Object.values(browser.replica.status.refusedPlaylists)).toMatchObject([{ reason: 'too-many-entries' }]);
  await browser.edits(id, { kind: 'remove', names: ['0', '1'] });
  await until(() => browser.replica.status.refusedPlaylists[id]?.reason === 'too-many-entries');
  await browser.edits(id, { kind: 'remove', names: ['2', '3', '4'] });
  await until(() => (browser.server.get('playlists', id) as { entries?: unknown[] }).entries?.length === MOST_ENTRIES);
});

it('what would make a playlist too long by merging is reported as text, wherever the server’s list has taken its place', async () => {
  browser = await new Browser().open();
  const { server } = browser;
  const id = uuid();
  const full = Array.from({ length: MOST_ENTRIES }, (_, n) => ({ entry: String(n), trackId: n }));
  server.put('playlists', list(id, full.slice(1)));
  server.refuse = (document) => ((document as { entries?: unknown[] }).entries?.length ?? 0) > MOST_ENTRIES;
  await browser.inStep();
  await until(async () => (await browser.replica.collection('playlists').get([id])).length === 1);
  server.down = true;
  await browser.edits(id, {
    kind: 'append',
    entries: [{ entry: 'mine', trackId: 1, artist: 'Ulla Brandt', title: 'Bris' }],
  });
  server.put('playlists', list(id, full));
  browser.reconnects();
  await until(() => browser.replica.status.refusedPlaylists[id]);
  const expected = { reason: 'too-many-entries', name: 'Evening', words: 'Ulla Brandt – Bris' };
  expect(browser.replica.status.refusedPlaylists[id]).toMatchObject(expected);
  await browser.edits(id, { kind: 'remove', names: ['0', '1'] });
  await browser.inStep();
  expect(browser.replica.status.refusedPlaylists[id]).toMatchObject(expected);
});
