import { expect, onTestFinished, test } from 'vitest';
import { until } from '#tests/kit/serverProcess.ts';
import { startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import { openTestApp, type TestApp } from './testApp.ts';

interface Copy {
  instanceId: string;
  notes: unknown[];
}
interface Owned {
  id: number;
  title: string;
  copies: Copy[];
  images: unknown[];
}

const imported = async (app: TestApp) => {
  expect((await app.ask('POST', '/services/discogs/sync')).status).toBe(202);
  return until(
    'the import',
    () =>
      app.get<{ state: string; seen: number; username: string | null; lastError: string | null }>(
        '/services/discogs/status',
      ),
    ({ state }) => state === 'done' || state === 'failed',
  );
};
async function shelf(app: TestApp): Promise<Map<string, { notes: number; pictures: number }>> {
  const { items } = await app.get<{ items: { id: number }[] }>('/collection/albums?owned=true&pageSize=200');
  const records = await Promise.all(items.map(({ id }) => app.get<Owned>(`/collection/albums/${id}`)));
  return new Map(
    records.flatMap(({ copies, images }) =>
      copies.map(({ instanceId, notes }) => [instanceId, { notes: notes.length, pictures: images.length }]),
    ),
  );
}

test('a public collection is read by its owner’s name alone, and takes nothing from what the owner saw', async () => {
  const discogs = await startDiscogsSimulator({ requestsPerMinute: 60_000, releases: 20, wants: 2 });
  onTestFinished(() => discogs.close());
  const app = await openTestApp({ DISCOGS_URL: discogs.url, DISCOGS_USERNAME: discogs.username.toUpperCase() });
  expect(await app.ask('POST', '/services/discogs/test')).toMatchObject({
    json: { ok: true, message: discogs.username },
  });
  expect(await imported(app)).toMatchObject({
    state: 'done',
    seen: discogs.copies.length,
    username: discogs.username,
    lastError: null,
  });
  expect((await shelf(app)).size).toBe(discogs.copies.length);
  expect((await app.get<{ items: unknown[] }>('/collection/albums?owned=false&pageSize=200')).items).toEqual([]);
  // Whoever is not known to Discogs may not search there, and is told so.
  expect(await app.ask('GET', '/services/discogs/search?q=harbour')).toMatchObject({
    status: 409,
    json: { error: { code: 'discogs-token-needed' } },
  });

  const known = await app.restart({ DISCOGS_TOKEN: discogs.token });
  expect(await imported(known)).toMatchObject({ state: 'done' });
  const asOwner = await shelf(known);
  expect([...asOwner.values()].some(({ notes }) => notes > 0)).toBe(true);

  const again = await known.restart({ DISCOGS_TOKEN: '' });
  expect(await imported(again)).toMatchObject({ state: 'done' });
  const asAnybody = await shelf(again);
  expect([...asAnybody].map(([id, { notes }]) => [id, notes])).toEqual(
    [...asOwner].map(([id, { notes }]) => [id, notes]),
  );
  for (const [id, { pictures }] of asOwner) expect(asAnybody.get(id)!.pictures).toBeGreaterThanOrEqual(pictures);
});

test('an unknown Discogs user is reported', async () => {
  const discogs = await startDiscogsSimulator({ requestsPerMinute: 60_000, releases: 1 });
  onTestFinished(() => discogs.close());
  const app = await openTestApp({ DISCOGS_URL: discogs.url, DISCOGS_USERNAME: 'nobody-of-that-name' });
  expect(await app.ask('POST', '/services/discogs/test')).toMatchObject({
    json: { ok: false, problem: { code: 'service-user-unknown' } },
  });
  expect(await imported(app)).toMatchObject({ state: 'failed', trouble: { code: 'user-unknown' } });
});

test('a collection that is not public is said to want a token, not another one', async () => {
  const discogs = await startDiscogsSimulator({ requestsPerMinute: 60_000, releases: 1 });
  onTestFinished(() => discogs.close());
  const app = await openTestApp({ DISCOGS_URL: discogs.url, DISCOGS_USERNAME: discogs.username });
  discogs.fault({ kind: 'status', status: 403, times: Infinity });
  expect(await app.ask('POST', '/services/discogs/test')).toMatchObject({
    json: { ok: false, problem: { code: 'service-token-needed' } },
  });
  expect(await imported(app)).toMatchObject({ state: 'failed', trouble: { code: 'token-needed' } });

  const known = await app.restart({ DISCOGS_TOKEN: 'not-its-token' });
  expect(await known.ask('POST', '/services/discogs/test')).toMatchObject({
    json: { ok: false, problem: { code: 'service-refused' } },
  });
});
