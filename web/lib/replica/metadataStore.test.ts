import { describe, expect, it } from 'vitest';
import { MetadataStore, memoryStore } from './metadataStore.ts';

const KEY = 'aime.replica';

describe('replica metadata that is broken in the browser’s storage', () => {
  it.each(['{', '', '7', 'null', '[]', '"x"'])('are as if never written where nothing can be read: %s', (text) => {
    const store = memoryStore();
    store.setItem(KEY, text);
    const metadata = new MetadataStore(store);
    expect(metadata.read()).toMatchObject({ generation: 0, caughtUp: {}, unsentPlaylists: {} });
    expect(new MetadataStore(store).read().deviceId).toBe(metadata.read().deviceId);
  });

  it('cost themselves alone', () => {
    const store = memoryStore();
    const metadata = new MetadataStore(store);
    metadata.write({ epoch: 'e', generation: 3, unsentPlaylists: { p: 5 }, lastIntentNumber: 9 });
    const before = metadata.read();
    store.setItem(
      KEY,
      JSON.stringify({
        ...before,
        generation: 'many',
        held: { cause: 'none' },
        caughtUp: { albums: 'all' },
        of: 'a later version',
      }),
    );
    expect(metadata.read()).toEqual({ ...before, generation: 0 });
    metadata.write({ epoch: 'f' });
    expect(new MetadataStore(store).read()).toEqual({ ...before, generation: 0, epoch: 'f' });
  });
});
