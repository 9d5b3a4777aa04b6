import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { afterEach, expect, it } from 'vitest';
import { MetadataStore } from '../replica/metadataStore.ts';
import { openReplica } from '../replica/index.ts';
import { until } from '../replica/testing/device.ts';
import { memoryStorage, memoryStore } from '../replica/testing/memory.ts';
import { ModelServer } from '../replica/testing/modelServer.ts';
import type { Replica } from '../replica/types.ts';
import { uuid } from '../replica/uuid.ts';
import { setLibrary, useLibrary } from './context.ts';
import { createLibrary, type Library } from './createLibrary.ts';
import { silent } from './testing/documents.ts';

const replicas: Replica[] = [];
afterEach(async () => {
  for (const replica of replicas.splice(0)) await replica.close();
});

/** The library of a device of its own. */
function libraryOf(server: ModelServer, storage = memoryStore()): Library {
  // What holds something already asks the server for nothing to show first.
  new MetadataStore(storage).write({});
  return createLibrary({
    storage,
    onStorage: () => undefined,
    onWake: () => undefined,
    async openReplica(metadata) {
      const replica = await openReplica({
        storage: memoryStorage(),
        metadata,
        name: `test-${uuid()}`,
        transport: (device) => server.transport(device),
      });
      replicas.push(replica);
      return replica;
    },
    exclusively: (work) => work(),
    searchWorker: () => Object.assign(new EventTarget(), { postMessage: () => undefined }) as unknown as Worker,
    signal: silent,
    failed: (error) => expect.fail(String(error)),
  });
}

it('nothing is made while modules are loaded', () => {
  const library = libraryOf(new ModelServer());
  const shown: Library[] = [];
  const layout = () => {
    expect(() => useLibrary()).toThrow();
    setLibrary(library);
    shown.push(useLibrary());
  };
  void render(layout as unknown as Component, { context: new Map() }).body;
  expect(shown).toEqual([library]);
  expect([shown[0]!.session, shown[0]!.mutations]).toEqual([library.session, library.mutations]);
});

it('two of them stand side by side, each with what is its own', async () => {
  const [one, other] = [libraryOf(new ModelServer()), libraryOf(new ModelServer())];
  for (const library of [one, other]) library.begin();
  const { id } = await one.mutations.createPlaylist({ name: 'Mine', tracks: [] });
  expect(one.playlists.get(id)?.name).toBe('Mine');
  expect(other.playlists.get(id) ?? null).toBeNull();
});

it('one that is started shows what is on the device, and sends what a person does', async () => {
  const library = libraryOf(new ModelServer());
  library.begin();
  await library.session.start();
  await until(() => library.session.state === 'ready');
  const { id } = await library.mutations.createPlaylist({ name: 'Ours', tracks: [] });
  await until(async () => (await replicas[0]!.collection('playlists').get([id])).length === 1);
  expect(library.playlists.list?.map(({ name }) => name)).toEqual(['Ours']);
});

it('what waits in a device’s storage is shown before its replica is open', async () => {
  const storage = memoryStore();
  const [before, after] = [libraryOf(new ModelServer(), storage), libraryOf(new ModelServer(), storage)];
  const { id } = await before.mutations.createPlaylist({ name: 'Waiting', tracks: [] });
  after.begin();
  expect(after.playlists.get(id)?.name).toBe('Waiting');
});
