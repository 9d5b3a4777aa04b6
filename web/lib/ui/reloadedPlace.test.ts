import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ReloadedPlace, type ReloadWindow } from './reloadedPlace.ts';

const HERE = 'https://aime.example/journal';
function tab() {
  const stored = new Map<string, string>();
  const window: ReloadWindow = {
    storage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, text) => void stored.set(key, text),
      removeItem: (key) => void stored.delete(key),
    },
    address: HERE,
    arrival: { type: 'navigate', name: HERE },
  };
  return { stored, window, places: new ReloadedPlace('journal', v.object({ date: v.string() }), () => window) };
}

describe('the place of a page', () => {
  it('is there again after a reload, once', () => {
    const { window, places } = tab();
    places.keep({ date: '2025-06-15' });
    window.arrival = { type: 'reload', name: HERE };
    expect(places.take()).toEqual({ date: '2025-06-15' });
    expect(places.take()).toBeUndefined();
  });

  it('is not that of another way or another address', () => {
    const { window, places } = tab();
    places.keep({ date: '2025-06-15' });
    expect(places.take()).toBeUndefined();
    places.keep({ date: '2025-06-15' });
    window.arrival = { type: 'reload', name: 'https://aime.example/collection' };
    expect(places.take()).toBeUndefined();
    places.keep({ date: '2025-06-15' });
    window.address = `${HERE}?text=a`;
    window.arrival = { type: 'reload', name: window.address };
    expect(places.take()).toBeUndefined();
  });

  it('costs itself alone where what is stored cannot be read, or nothing can be stored', () => {
    const { stored, window, places } = tab();
    window.arrival = { type: 'reload', name: HERE };
    places.keep({ date: '2025-06-15' });
    for (const key of stored.keys()) stored.set(key, `{"address":"${HERE}","place":7}`);
    expect(places.take()).toBeUndefined();
    places.keep({ date: '2025-06-15' });
    places.keep(null);
    expect(stored.size).toBe(0);
    window.storage.setItem = () => {
      throw new Error('full');
    };
    expect(() => places.keep({ date: '2025-06-15' })).not.toThrow();
  });
});
