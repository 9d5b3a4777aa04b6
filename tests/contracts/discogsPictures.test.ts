import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shelf } from '#tests/simulators/catalogue/catalogue.ts';
import { type DiscogsFixture, openDiscogsFixture, wholeCollection } from './discogsFixture.ts';

let fixture: DiscogsFixture;
beforeAll(async () => {
  fixture = await openDiscogsFixture({ owned: shelf, releases: 3 });
});
afterAll(() => fixture.sim.close());

const get = (url: string) => fetch(url, { redirect: 'manual' });

describe('the pictures of the simulated Discogs', () => {
  it('are real ones of the size they say, drawn for the catalogue or made up', async () => {
    const { copies } = await wholeCollection(fixture.client());
    const pictured = copies.filter(({ release }) => release.coverUrl !== null);
    for (const { release } of [pictured[0]!, pictured.at(-1)!]) {
      const bytes = Buffer.from(await (await get(release.coverUrl!)).arrayBuffer());
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 600, height: 600 });
    }
    const owned = new Set(copies.map(({ release }) => `${release.credit} – ${release.title}`));
    expect(shelf.filter(({ artist, title }) => owned.has(`${artist} – ${title}`)).length).toBeGreaterThan(
      shelf.length / 2,
    );
  });

  it.each(['svg', 'svgAsJpeg', 'html'] as const)('include a %s that only claims to be one', async (kind) => {
    const answer = await get(fixture.sim.pictures.hostile[kind]);
    expect(answer.status).toBe(200);
    expect((await answer.text()).trimStart()).toMatch(/^<(svg|!DOCTYPE)/);
  });

  it.each(['large', 'largeUndeclared'] as const)('include a %s one of 20 MB', async (kind) => {
    const answer = await get(fixture.sim.pictures.hostile[kind]);
    expect(answer.headers.has('content-length')).toBe(kind === 'large');
    expect((await answer.arrayBuffer()).byteLength).toBe(20 * 1024 * 1024);
  });

  it.each([
    ['toPrivateAddress', 'http://192.168.'],
    ['toMetadataService', 'http://169.254.'],
    ['inCircles', 'http://127.0.0.1:'],
  ] as const)('include a redirect %s', async (kind, target) => {
    const answer = await get(fixture.sim.pictures.hostile[kind]);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')?.startsWith(target)).toBe(true);
  });

  it('include one that never seems to end', async () => {
    const stop = new AbortController();
    const answer = await fetch(fixture.sim.pictures.hostile.slow, { signal: stop.signal });
    const first = await answer.body!.getReader().read();
    expect(first.value?.byteLength).toBe(1);
    stop.abort();
  });

  it('include the picture of none, and one that is gone', async () => {
    expect((await get(fixture.sim.pictures.spacer)).headers.get('content-type')).toBe('image/gif');
    expect((await get(fixture.sim.pictures.hostile.gone)).status).toBe(404);
  });
});
