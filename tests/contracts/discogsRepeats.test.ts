import { afterEach, beforeEach, expect, test } from 'vitest';
import { DiscogsImport } from '#server/enrichment/discogsImport/discogsImport.ts';
import { silentLog } from '#server/kit/log.ts';
import { libraryForTest } from '#server/library/testing/library.ts';
import { openDiscogsFixture, type DiscogsFixture } from './discogsFixture.ts';

let discogs: DiscogsFixture;
beforeEach(async () => {
  discogs = await openDiscogsFixture({ releases: 3, wants: 3 });
});
afterEach(() => discogs.sim.close());

test.each([
  ['collection', 'releases', /folders\/\d+\/releases/],
  ['wantlist', 'wants', /\/wants$/],
])(
  'a %s that is the same page for ever, and counts more pages each time, is given up after a few tries, with a message, and nothing is lost by it',
  async (_what, list, path) => {
    const { library } = libraryForTest();
    const client = discogs.client();
    const run = new DiscogsImport({
      shelf: library.shelf,
      states: library.states,
      setAside: library.setAside,
      clock: discogs.clock,
      log: silentLog,
      client: () => client,
      onProgress: () => undefined,
      onAlbums: () => undefined,
      written: (work) => Promise.resolve(work()),
    });
    const ended = async () => {
      run.start();
      await expect.poll(() => run.status().state, { interval: 5 }).not.toBe('running');
      return run.status();
    };
    const whole = await ended();
    expect(whole).toMatchObject({ state: 'done', removed: 0 });
    const held = () => ({
      owned: library.reads.albums({ page: 1, pageSize: 1, owned: true }).total,
      wanted: library.reads.albums({ page: 1, pageSize: 1, wanted: true }).total,
    });
    const before = held();
    let page = 1;
    let entries: unknown = null;
    discogs.sim.fault({
      kind: 'rewrite',
      times: Infinity,
      when: (request) => path.test(request.path) && (page = Number(request.query.get('page'))) > 0,
      rewrite(answer) {
        entries ??= (answer.json as Record<string, unknown>)[list];
        return {
          json: {
            pagination: { page, pages: page + 5, per_page: 100, items: (page + 4) * 100, urls: {} },
            [list]: entries,
          },
        };
      },
    });
    const asked = discogs.sim.requests.length;
    expect(await ended()).toMatchObject({
      state: 'failed',
      lastError: 'Discogs listed the same entries again on page 2',
    });
    expect(discogs.sim.requests.length - asked).toBeLessThan(25);
    expect(held()).toEqual(before);
    discogs.sim.clearFaults();
    expect(await ended()).toMatchObject({ state: 'done', seen: whole.seen, removed: 0, lastError: null });
    await run.close();
  },
);
