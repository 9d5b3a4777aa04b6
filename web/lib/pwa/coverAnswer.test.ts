import { describe, expect, it } from 'vitest';
import { coverAnswer, type CoverCaches } from './coverAnswer.ts';
import { OFFLINE_COVERS, SEEN_COVERS } from './coverKeep.ts';

const at = (address: string) => `https://house.example/api/v1/images/${address}`;
const picture = (text: string) => new Response(text, { headers: { 'content-type': 'image/webp' } });

/** The browser's caches as they answer: by address, or by path alone. */
function cachesOf(held: Record<string, Record<string, Response>>): CoverCaches {
  const path = (url: string) => new URL(url).pathname;
  const open = (name: string) => {
    const cache = held[name] ?? {};
    return Promise.resolve({
      keys: (request: Request) =>
        Promise.resolve(
          Object.keys(cache)
            .filter((address) => path(at(address)) === path(request.url))
            .map((address) => new Request(at(address))),
        ),
      match: (request: Request) => Promise.resolve(cache[request.url.slice(at('').length)]?.clone()),
    } as unknown as Cache);
  };
  return { open, match: async (request, { cacheName = '' } = {}) => (await open(cacheName)).match(request) };
}

const answered = async (
  held: Record<string, Record<string, Response>>,
  ask: () => Promise<Response>,
  address = '7?size=600',
) => (await coverAnswer(new Request(at(address)), cachesOf(held), ask)).text();
const offline = () => Promise.reject(new TypeError('no network'));

describe('a cover', () => {
  const seen = {
    [SEEN_COVERS]: { '7?size=96': picture('small'), '7?size=300': picture('grid'), '70?size=1200': picture('another') },
  };

  it('that was seen in the grid is there on its page while there is no network', async () => {
    expect(await answered(seen, offline)).toBe('grid');
  });

  it('is there while something else answers for the server', async () => {
    expect(await answered(seen, () => Promise.resolve(new Response('Bad gateway', { status: 502 })))).toBe('grid');
  });

  it('that is stored for offline use goes first, and serves for its other sizes', async () => {
    const saved = { ...seen, [OFFLINE_COVERS]: { '7?size=300': picture('kept') } };
    expect(await answered(saved, offline, '7?size=300')).toBe('kept');
    expect(await answered(saved, offline)).toBe('kept');
  });

  it('is the server’s own word where it answers', async () => {
    expect(await answered(seen, () => Promise.resolve(picture('sharp')))).toBe('sharp');
    expect(await answered(seen, () => Promise.resolve(new Response('gone', { status: 404 })))).toBe('gone');
  });

  it('is not a page that a Wi-Fi left there', async () => {
    const page = new Response('login', { headers: { 'content-type': 'text/html' } });
    await expect(answered({ [SEEN_COVERS]: { '7?size=300': page } }, offline)).rejects.toThrow('no network');
    expect(await answered({}, () => Promise.resolve(new Response('trouble', { status: 503 })))).toBe('trouble');
  });
});
