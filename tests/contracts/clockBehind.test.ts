import { afterEach, expect, test } from 'vitest';
import type { AlbumDocument } from '#shared/library/album.ts';
import { systemClock } from '#server/kit/clock.ts';
import { until } from '#tests/kit/serverProcess.ts';
import { followsLastfm } from '#tests/kit/serviceSettings.ts';
import { startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import { startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { openTestApp } from './testApp.ts';

const DAY = 86_400;
const now = () => Math.floor(Date.now() / 1000);
let behind = 0;
const clock = { ...systemClock, now: () => systemClock.now() - behind * 1000 };
const simulators: { close(): Promise<void> }[] = [];
afterEach(async () => {
  behind = 0;
  for (const simulator of simulators.splice(0)) await simulator.close();
});

test('on a server whose clock was set back days, what is played and added now comes and keeps its date', async () => {
  const names = (number: number) => ({
    artist: 'Marée Lente',
    title: `Slack Water ${number}`,
    album: 'Tidewater Sessions',
  });
  const lastfm = await startLastfmSimulator({
    apiKey: 'key',
    secret: 'secret',
    user: 'ada',
    history: [1, 2, 3].map((number) => ({ ...names(number), playedAt: now() - 600 * number })),
  });
  const discogs = await startDiscogsSimulator({ releases: 3, wants: 1, requestsPerMinute: 60_000 });
  simulators.push(lastfm, discogs);
  discogs.fault({
    kind: 'rewrite',
    times: Infinity,
    when: ({ path }) => /folders\/\d+\/releases/.test(path),
    rewrite: (answer) => ({
      ...answer,
      json: JSON.parse(JSON.stringify(answer.json), (key, value: unknown) =>
        key === 'date_added' ? new Date().toISOString() : value,
      ) as unknown,
    }),
  });
  const app = await openTestApp(
    {
      ...followsLastfm(lastfm),
      DISCOGS_URL: discogs.url,
      DISCOGS_TOKEN: discogs.token,
    },
    undefined,
    clock,
  );
  const heard = () => app.get<{ total: number; items: { playedAt: number }[] }>('/history/tracks');
  await until('the plays', heard, ({ total }) => total === 3);

  behind = 3 * DAY;
  const playedAt = now() - 5;
  lastfm.scrobble({ ...names(4), playedAt });
  await until('what is played now', heard, ({ total, items }) => total === 4 && items[0]!.playedAt === playedAt);
  const { items } = await app.get<{ items: { listens: number }[] }>('/analytics/series?unit=year');
  expect(items.reduce((sum, { listens }) => sum + listens, 0)).toBe(4);

  await app.ask('POST', '/services/discogs/sync');
  await until(
    'the import',
    () => app.get<{ state: string }>('/services/discogs/status'),
    ({ state }) => state === 'done',
  );
  const copies = (app.library.feed.pull('albums', 0, 50).documents as unknown as AlbumDocument[]).flatMap(
    (album) => album.copies,
  );
  expect(copies.length).toBeGreaterThanOrEqual(3);
  expect(copies.filter(({ dateAdded }) => dateAdded === null || dateAdded < now() - DAY)).toEqual([]);

  const backfill = () => app.get<{ state: string; seen: number; refused: unknown[] }>('/services/lastfm/backfill');
  await app.ask('POST', '/services/lastfm/backfill');
  expect(await until('the history', backfill, ({ state }) => state === 'done')).toMatchObject({ seen: 4, refused: [] });
});
