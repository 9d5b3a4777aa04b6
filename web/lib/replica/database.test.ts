import { addRxPlugin, createRxDatabase } from 'rxdb/plugins/core';
import { RxDBMigrationSchemaPlugin } from 'rxdb/plugins/migration-schema';
import { afterEach, describe, expect, it } from 'vitest';
import { creatorOf, openDatabase } from './database.ts';
import { digest } from './hash.ts';
import { isQuotaError } from './quota.ts';
import { memoryStorage } from './testing/memory.ts';
import { migrations, versions } from './versions.ts';

const intent = {
  id: '00000000-0000-4000-8000-000000000001',
  deviceId: '00000000-0000-4000-8000-000000000002',
  number: 1,
  madeAt: 1,
  intent: { kind: 'love-track', trackId: 1, loved: true },
};

describe('a replica of an earlier version', () => {
  const next = versions.intents + 1;
  afterEach(() => {
    delete migrations.intents[next];
  });

  it('drops what the server will send again, and carries over what a person made', async () => {
    const storage = memoryStorage();
    const before = await openDatabase(storage, { name: 'aime-migration', names: ['albums', 'intents'] });
    await before.albums.insert({ id: '1', title: 'One' });
    await before.intents.insert(intent);
    await before.close();

    migrations.intents[next] = (document) => ({ ...document, number: 42 });
    addRxPlugin(RxDBMigrationSchemaPlugin);
    const after = await createRxDatabase({
      name: 'aime-migration',
      storage: storage.storage,
      multiInstance: false,
      hashFunction: (input) => Promise.resolve(digest(String(input))),
    });
    await after.addCollections({ albums: creatorOf('albums', versions.albums + 1), intents: creatorOf('intents', next) });
    expect(await after.collections.albums!.find().exec()).toEqual([]);
    const kept = await after.collections.intents!.find().exec();
    expect(kept.map((document) => document.toJSON())).toMatchObject([{ ...intent, number: 42 }]);
    await after.close();
  });
});

describe('a browser without room', () => {
  it('is known by its error, however deep it is wrapped', () => {
    const inner = new DOMException('no room', 'QuotaExceededError');
    const wrapped = Object.assign(new Error('RC_PULL'), { parameters: { errors: [{ name: 'AbortError', inner: { name: inner.name } }] } });
    expect(isQuotaError(inner)).toBe(true);
    expect(isQuotaError(wrapped)).toBe(true);
    expect(isQuotaError(new Error('something else'))).toBe(false);
  });
});
