import { addRxPlugin, createRxDatabase } from 'rxdb/plugins/core';
import { RxDBMigrationSchemaPlugin } from 'rxdb/plugins/migration-schema';
import { afterEach, describe, expect, it } from 'vitest';
import { collections } from '#shared/sync/collections.ts';
import { creatorOf, dexieName, openDatabase } from './database.ts';
import { digest } from './hash.ts';
import { openReplica } from './index.ts';
import { MetadataStore } from './metadataStore.ts';
import { isQuotaError } from './quota.ts';
import { toRxSchema } from './schema.ts';
import { until } from './testing/device.ts';
import { memoryStorage, memoryStore } from './testing/memory.ts';
import { ModelServer } from './testing/modelServer.ts';
import type { DocumentOf } from './types.ts';
import { migrations, versions } from './versions.ts';

const mutation: DocumentOf<'intents'> = {
  id: '00000000-0000-4000-8000-000000000001',
  deviceId: '00000000-0000-4000-8000-000000000002',
  number: 1,
  madeAt: 1,
  intent: { kind: 'love-track', trackId: 1, loved: true },
};

/** The same without what a replica adds. */
const databaseOf = (name: string, { storage }: ReturnType<typeof memoryStorage>) =>
  createRxDatabase({
    name,
    storage,
    multiInstance: false,
    hashFunction: (input) => Promise.resolve(digest(typeof input === 'string' ? input : JSON.stringify(input))),
  });

describe('a replica of an earlier version', () => {
  const next = versions.intents + 1;
  afterEach(() => {
    delete migrations.intents[next];
  });

  it('drops what the server will send again, and carries over what a person made', async () => {
    const storage = memoryStorage();
    const before = await openDatabase(storage, { name: 'aime-migration', names: ['rollups', 'intents'] });
    await before.rollups.insert({ id: '2020-01' } as DocumentOf<'rollups'>);
    await before.intents.insert(mutation);
    await before.close();

    migrations.intents[next] = (document) => ({ ...document, number: 42 });
    addRxPlugin(RxDBMigrationSchemaPlugin);
    const after = await databaseOf('aime-migration', storage);
    await after.addCollections({
      rollups: creatorOf('rollups', versions.rollups + 1),
      intents: creatorOf('intents', next),
    });
    expect(await after.collections.rollups!.find().exec()).toEqual([]);
    const stored = (await after.collections.intents!.find().exec()) as { toJSON(): unknown }[];
    expect(stored.map((document) => document.toJSON())).toMatchObject([{ ...mutation, number: 42 }]);
    await after.close();
  });

  it('still holds the records and artists of a library that was lost meanwhile, and shows them', async () => {
    const name = 'aime-last-copy';
    const storage = memoryStorage();
    const former = await databaseOf(name, storage);
    const schema = (collection: 'artists' | 'albums') => ({
      schema: { ...toRxSchema(collections[collection].schema, 0), required: [] },
    });
    await former.addCollections({ artists: schema('artists'), albums: schema('albums') });
    await former.collections.artists!.insert({ id: '1', name: 'Okra', tracks: [] });
    await former.collections.albums!.insert({ id: '7', title: 'Cellar', tracks: [] });
    await former.close();
    const metadata = new MetadataStore(memoryStore());
    metadata.write({ versions: { artists: 0, albums: 0 }, caughtUp: { artists: 12, albums: 12 }, store: 'mine' });

    const created = new Set([dexieName(name, 'artists'), dexieName(name, 'albums')]);
    const replica = await openReplica({
      storage: { ...storage, created },
      metadata,
      name,
      names: ['artists', 'albums'],
    });
    expect(replica.status).toMatchObject({ firstSyncDone: true, progress: 1 });
    const names = (await replica.collection('artists').all()).map((artist) => artist.name);
    expect([...names, ...(await replica.collection('albums').all()).map(({ title }) => title)]).toEqual([
      'Okra',
      'Cellar',
    ]);
    expect(replica.store).toBe('mine');
    await replica.close();
  });

  it('is pulled anew over what it carried over, and reads then what it could not read before', async () => {
    const name = 'aime-carried-over';
    const storage = memoryStorage();
    const former = await databaseOf(name, storage);
    await former.addCollections({ albums: { schema: { ...toRxSchema(collections.albums.schema, 0), required: [] } } });
    await former.collections.albums!.bulkInsert([
      { id: '7', title: 'Cellar', tracks: [] },
      { id: '8', title: 'Attic', tracks: [] },
    ]);
    await former.close();
    const metadata = new MetadataStore(memoryStore());
    const server = new ModelServer();
    server.put('albums', { id: '7', title: 'Cellar, whole', tracks: [] } as never);
    server.put('albums', { id: '8', title: 'Attic', tracks: [] } as never);
    const known = { epoch: server.epoch, libraryId: server.libraryId, store: 'mine' };
    metadata.write({
      ...known,
      versions: { albums: 0 },
      caughtUp: { albums: server.seq },
      unreadable: { albums: ['7', '9'] },
    });

    const replica = await openReplica({
      storage: { ...storage, created: new Set([dexieName(name, 'albums')]) },
      metadata,
      name,
      names: ['albums'],
      transport: (id) => server.transport(id),
    });
    replica.startSync();
    await until(async () => (await replica.collection('albums').all()).some(({ title }) => title === 'Cellar, whole'));
    await until(() => (replica.status.unreadable.albums ?? []).length === 0);
    await replica.close();
  });
});

describe('a browser without room', () => {
  it('is known by its error, however deep it is wrapped', () => {
    const inner = new DOMException('no room', 'QuotaExceededError');
    const wrapped = Object.assign(new Error('RC_PULL'), {
      parameters: { errors: [{ name: 'AbortError', inner: { name: inner.name } }] },
    });
    expect(isQuotaError(inner)).toBe(true);
    expect(isQuotaError(wrapped)).toBe(true);
    expect(isQuotaError(new Error('something else'))).toBe(false);
  });
});
