import { describe, expect, it } from 'vitest';
import { fillCovers, type Filling } from './coverFill.ts';
import { isMetered } from './metered.ts';

const origin = 'https://house.example';
const picture = (bytes = 1_000) =>
  new Response('x', { headers: { 'content-type': 'image/webp', 'content-length': String(bytes) } });

function cacheOf(...addresses: string[]) {
  const held = new Map(addresses.map((address) => [address, picture()]));
  const pathOf = (of: RequestInfo | URL) => (typeof of === 'string' ? of : (of as Request).url.slice(origin.length));
  return {
    held,
    keys: () => Promise.resolve(Array.from(held.keys(), (address) => new Request(origin + address))),
    match: (of: RequestInfo | URL) => Promise.resolve(held.get(pathOf(of))?.clone()),
    put: (of: RequestInfo | URL, answer: Response) => Promise.resolve(void held.set(pathOf(of), answer)),
    delete: (of: RequestInfo | URL) => Promise.resolve(held.delete(pathOf(of))),
  };
}

const fill = (cache: ReturnType<typeof cacheOf>, wanted: string[], also: Partial<Filling> = {}) => {
  const asked: string[] = [];
  const progress: [number, number][] = [];
  const filling: Filling = {
    wanted,
    atOnce: 1,
    mostBytes: 1_000_000,
    signal: new AbortController().signal,
    onHere: (...each) => progress.push(each),
    ask: () => Promise.resolve(picture()),
    ...also,
  };
  const done = fillCovers(cache, { ...filling, ask: (address) => (asked.push(address), filling.ask(address)) });
  return { asked, progress, done };
};

describe('covers for this device', () => {
  it('come where they are missing, and go where they are no longer wanted', async () => {
    const cache = cacheOf('/1', '/9');
    const { asked, progress, done } = fill(cache, ['/1', '/2', '/3']);
    await done;
    expect(asked).toEqual(['/2', '/3']);
    expect([...cache.held.keys()]).toEqual(['/1', '/2', '/3']);
    expect(progress).toEqual([
      [1, 1_000],
      [2, 2_000],
      [3, 3_000],
    ]);
  });

  it('take no more room than they may, the first ones first', async () => {
    const cache = cacheOf();
    await fill(cache, ['/1', '/2', '/3', '/4'], { mostBytes: 2_000 }).done;
    expect([...cache.held.keys()]).toEqual(['/1', '/2']);
  });

  it('go on where they were cut off', async () => {
    const cache = cacheOf();
    const work = new AbortController();
    const { done } = fill(cache, ['/1', '/2', '/3'], {
      signal: work.signal,
      pause: () => Promise.resolve(work.abort(new Error('cut off'))),
    });
    await expect(done).rejects.toThrow('cut off');
    expect([...cache.held.keys()]).toEqual(['/1']);
    const again = fill(cache, ['/1', '/2', '/3']);
    await again.done;
    expect(again.asked).toEqual(['/2', '/3']);
  });

  it('are none that is lost or passing, and leave a server that does not answer alone', async () => {
    const answers: Record<string, () => Response> = {
      '/1': () => new Response('', { status: 404 }),
      '/2': () => new Response('', { status: 502 }),
      '/3': picture,
    };
    const cache = cacheOf();
    await fill(cache, ['/1', '/2', '/3'], { ask: (address) => Promise.resolve(answers[address]!()) }).done;
    expect([...cache.held.keys()]).toEqual(['/3']);
    const silent = fill(cacheOf(), ['/1', '/2', '/3', '/4', '/5', '/6'], {
      ask: () => Promise.resolve(new Response('', { status: 503 })),
    });
    await expect(silent.done).rejects.toThrow(TypeError);
    expect(silent.asked).toHaveLength(4);
    const wifi = fill(cacheOf(), ['/1', '/2'], { ask: () => Promise.resolve(new Response('login')) });
    await expect(wifi.done).rejects.toThrow(TypeError);
  });
});

it.each([
  [undefined, false],
  [{}, false],
  [{ saveData: true }, true],
  [{ type: 'cellular' }, true],
  [{ type: 'wifi', effectiveType: '4g' }, false],
  [{ effectiveType: 'slow-2g' }, true],
])('a network %j is metered: %s', (network, metered) => expect(isMetered(network)).toBe(metered));
