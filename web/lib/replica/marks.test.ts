import { describe, expect, it } from 'vitest';
import { MarkStore, memoryStore } from './marks.ts';

const KEY = 'aime.replica';

describe('marks that are broken in the browser’s storage', () => {
  it.each(['{', '', '7', 'null', '[]', '"x"'])('are as if never written where nothing can be read: %s', (text) => {
    const store = memoryStore();
    store.setItem(KEY, text);
    const marks = new MarkStore(store);
    expect(marks.read()).toMatchObject({ generation: 0, caughtUp: {}, unsentPlaylists: {} });
    expect(new MarkStore(store).read().deviceId).toBe(marks.read().deviceId);
  });

  it('cost themselves alone', () => {
    const store = memoryStore();
    const marks = new MarkStore(store);
    marks.write({ epoch: 'e', generation: 3, unsentPlaylists: { p: 5 }, lastIntentNumber: 9 });
    const before = marks.read();
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
    expect(marks.read()).toEqual({ ...before, generation: 0 });
    marks.write({ epoch: 'f' });
    expect(new MarkStore(store).read()).toEqual({ ...before, generation: 0, epoch: 'f' });
  });
});
