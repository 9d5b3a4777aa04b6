import { randomUUID } from 'node:crypto';
import Libsql from 'libsql';
import { describe, expect, test } from 'vitest';
import { toJsonSchema } from '@valibot/to-json-schema';
import { collectionNames, collections } from '#shared/sync/collections.ts';
import { decodePage } from '#shared/journal/codec.ts';
import { type JournalPage, PAGE_CAPACITY } from '#shared/journal/page.ts';
import { border } from '#server/library/testing/inside.ts';
import { asOfSchema } from '#server/library/testing/earlierFile.ts';
import { expectSound } from '#server/library/testing/invariants.ts';
import { Device, replicaOf } from '#server/library/testing/library.ts';
import { openTestApp, own, hear, type TestApp, SHELF } from './testApp.ts';

const NOW = Math.floor(Date.now() / 1000);
const DAY = 86_400;
const FAR = Date.UTC(9999, 11, 31) / 1000;

async function openWithShelf(): Promise<{ app: TestApp; trackId: number }> {
  const app = await openTestApp();
  const [albumId] = own(app.library, SHELF);
  hear(app.library, [{ at: NOW - 3 * DAY, artist: 'Ada Nordlund', title: 'Ferry', album: 'Harbour Lights' }]);
  return { app, trackId: app.library.reads.album(albumId!)!.tracks[0]!.id };
}
let number = 0;
const added = (trackId: number, playedAt: unknown) => ({
  newDocumentState: {
    id: randomUUID(),
    deviceId: '00000000-0000-4000-8000-0000000000aa',
    number: (number += 1),
    madeAt: Date.now(),
    _deleted: false,
    intent: { kind: 'add-listens', group: randomUUID(), playedAt, tracks: [{ trackId }] },
  },
});
const total = async (app: TestApp) => (await app.get<{ total: number }>('/history/tracks')).total;

describe('a listen dated when nothing can have been heard', () => {
  test.each([FAR, NOW + 3 * DAY, 0, -5, 1_000_000_000, 1.5, 1e300, Number.MAX_SAFE_INTEGER])(
    '%d is not taken',
    async (playedAt) => {
      const { app, trackId } = await openWithShelf();
      const answer = await app.ask('POST', '/sync/intents/push', [added(trackId, playedAt)]);
      expect(answer.status, answer.text).toBeLessThan(500);
      expect(answer.text).not.toContain('"applied"');
      expect(await total(app)).toBe(1);
    },
  );

  test('today, yesterday and a clock that runs an hour ahead are taken, and are no listens before they were heard', async () => {
    const { app, trackId } = await openWithShelf();
    const answer = await app.ask(
      'POST',
      '/sync/intents/push',
      [NOW, NOW - DAY, NOW + 3_600].map((playedAt) => added(trackId, playedAt)),
    );
    expect(answer.status, answer.text).toBe(200);
    expect(await total(app)).toBe(2);
    const { turntable } = await app.get<{ turntable: { playedAt: number }[] }>('/household');
    expect(turntable.map(({ playedAt }) => playedAt)).toEqual([NOW, NOW + 3_600]);
  });

  test('in the library already neither blanks nor slows what is counted', async () => {
    const { app } = await openWithShelf();
    // As earlier versions took it.
    hear(app.library, [
      { at: FAR, artist: 'Ada Nordlund', title: 'Ebb' },
      { at: -62_000_000_000, artist: 'Ada Nordlund', title: 'Flow' },
    ]);
    for (const unit of ['day', 'month', 'year']) {
      const { items } = await app.get<{ items: { listens: number }[] }>(`/analytics/series?unit=${unit}`);
      expect(items.length).toBeLessThan(10_000);
      expect(items.reduce((sum, { listens }) => sum + listens, 0)).toBe(1);
    }
    expect((await app.ask('GET', '/analytics/overview')).status).toBe(200);
    expect(app.replica().journal.length).toBe(3);
  });
});

/** The library's file as a version left it that had not looked at times yet, nor known what later ones keep. */
function unrepaired(file: string): Libsql.Database {
  asOfSchema(file, 10);
  const db = new Libsql(file);
  db.exec('DROP TABLE set_aside');
  return db;
}

test('the migration gives such listens an unknown date, and keeps what they said', async () => {
  const { app } = await openWithShelf();
  hear(app.library, [{ at: FAR, artist: 'Ada Nordlund', title: 'Ebb' }]);
  const file = app.library.file;
  app.library.close();
  const db = unrepaired(file);
  db.exec(border.schema);
  expect(db.prepare('SELECT timestamp, date, note FROM listening_history ORDER BY timestamp').get()).toMatchObject({
    timestamp: 1_108_290_000,
    date: '2005-02-13',
    note: expect.stringContaining('9999-12-31 00:00:00 UTC') as unknown,
  });
  expect(db.prepare('SELECT count(*) AS count FROM listening_history').get()).toMatchObject({ count: 2 });
  expect(
    db.prepare(`SELECT payload ->> 'reportedPlayedAt' AS at FROM scrobbles WHERE played_at = 1108290000`).get(),
  ).toMatchObject({ at: FAR });
  db.close();
});

test('what the migration repaired reaches a device that has the impossible times already', async () => {
  const { app } = await openWithShelf();
  const { file } = app.library;
  // More than a page of them, on the page of a month with good ones too, and in months that never were.
  const often = Array.from({ length: PAGE_CAPACITY + 1 }, (_, index) => ({
    at: NOW + 30 * DAY + index,
    artist: 'Ada Nordlund',
    title: 'Ebb',
    album: 'Second Tide',
  }));
  hear(app.library, [
    { at: FAR, artist: 'Ada Nordlund', title: 'Ebb', album: 'Second Tide' },
    { at: -62_000_000_000, artist: 'Ada Nordlund', title: 'Flow' },
    ...often,
  ]);
  const device = new Device();
  device.sync(app.library);
  expect(JSON.stringify([...device.documents.keys()])).toContain('journal:9999-12');
  await app.close();
  const db = unrepaired(file);
  db.exec(border.schema);
  db.close();
  const again = await app.restart();
  device.sync(again.library);
  expect(Object.fromEntries(device.documents)).toEqual(Object.fromEntries(replicaOf(again.library)));
  const listens = [...device.documents].flatMap(([key, document]) =>
    key.startsWith('journal:') ? decodePage(document as JournalPage) : [],
  );
  expect(listens).toHaveLength(often.length + 3);
  expect(listens.filter(({ playedAt }) => playedAt < 1_009_843_200 || playedAt > NOW + DAY)).toEqual([]);
  expectSound(file);
});

interface Shape {
  type?: string;
  enum?: unknown;
  const?: unknown;
  minimum?: number;
  maximum?: number;
}
/** Numbers within a JSON schema that have no end, by their place. Degrees and the like are no whole numbers and need none. */
function endless(shape: unknown, place: string): string[] {
  if (typeof shape !== 'object' || shape === null) return [];
  const { type, minimum, maximum, ...rest } = shape as Shape;
  const hasEnds = minimum !== undefined && maximum !== undefined;
  const isMeant = 'enum' in rest || 'const' in rest || /\.(hue|chroma|values)$/.test(place);
  const own = (type === 'integer' || type === 'number') && !hasEnds && !isMeant ? [place] : [];
  return [
    ...own,
    ...Object.entries(shape).flatMap(([name, inner]) =>
      endless(
        inner,
        /^(properties|items|anyOf|oneOf|schema|additionalProperties|\d+)$/.test(name) ? place : `${place}.${name}`,
      ),
    ),
  ];
}

test('every number that a request may hold, and every one that replicates, has bounds', async () => {
  const { app } = await openWithShelf();
  const { paths } = await app.get<{
    paths: Record<string, Record<string, { parameters?: unknown; requestBody?: unknown }>>;
  }>('/openapi.json');
  const asked = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters, requestBody }]) =>
      endless([parameters, requestBody], `${method} ${path}`),
    ),
  );
  const replicated = collectionNames.flatMap((name) =>
    endless(toJsonSchema(collections[name].schema, { errorMode: 'ignore', typeMode: 'output' }), name),
  );
  expect([...asked, ...replicated]).toEqual([]);
});

test('a list made when nothing can have been made is taken, its times brought to when it came', async () => {
  const { app } = await openWithShelf();
  for (const far of [FAR, 9e15, 1e300, -5, 1.5]) {
    const playlist = {
      id: randomUUID(),
      name: 'Far',
      algorithm: null,
      aiPrompt: null,
      entries: [],
      createdAt: far,
      updatedAt: far,
      _deleted: false,
    };
    const answer = await app.ask('POST', '/sync/playlists/push', [{ newDocumentState: playlist }], {
      'x-aime-rows': '1',
    });
    expect(answer.json).toMatchObject({ conflicts: [], refused: [] });
    const { documents } = await app.get<{ documents: { id: string; createdAt: number; updatedAt: number }[] }>(
      '/sync/playlists/pull?limit=100',
    );
    const stored = documents.find(({ id }) => id === playlist.id)!;
    for (const time of [stored.createdAt, stored.updatedAt]) {
      expect(Number.isSafeInteger(time)).toBe(true);
      expect(time).toBeGreaterThanOrEqual(0);
      expect(time).toBeLessThanOrEqual(Date.now() / 1000);
    }
  }
});

test.each([FAR, 9e15, 1e300, -62_000_000_000])(
  'a device that holds an album since %d gives it back when the library is built anew',
  async (far) => {
    const { app } = await openWithShelf();
    const { documents } = app.library.feed.pull('albums', 0, 10);
    const fresh = await openTestApp();
    const held = documents.map((document) => ({ ...document, addedAt: far }));
    expect((await fresh.library.rebuild.take('albums', held)).refused).toEqual([]);
  },
);

test.each([1e17, -1e17])('a mutation about a listen of the second %d is refused with a message', async (playedAt) => {
  const { app, trackId } = await openWithShelf();
  const row = added(trackId, NOW);
  const mutation = {
    ...row.newDocumentState,
    intent: { kind: 'delete-listen', listenId: 77 },
    targets: [{ kind: 'listen', id: 77, playedAt, title: 'Ferry', artist: 'Ada' }],
  };
  const answer = await app.ask('POST', '/sync/intents/push', [{ newDocumentState: mutation }], {
    'x-aime-rows': '1',
  });
  expect(answer.json).toMatchObject({
    refused: [{ reason: 'bad-request', field: expect.stringContaining('playedAt') as unknown }],
  });
});
