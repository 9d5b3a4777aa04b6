import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openTestApp, own, type TestApp, SHELF } from './testApp.ts';

const NOW = Math.floor(Date.now() / 1000);
const HALF = '\ud83d';

async function openWithShelf(): Promise<{ app: TestApp; trackId: number }> {
  const app = await openTestApp();
  const [albumId] = own(app.library, SHELF);
  return { app, trackId: app.library.reads.album(albumId!)!.tracks[0]!.id };
}
const pushed = (app: TestApp, newDocumentState: object) =>
  app.ask('POST', '/sync/playlists/push', [{ newDocumentState: { ...newDocumentState, _deleted: false } }]);

describe('half a character', () => {
  test('in every text of a pushed playlist is taken as U+FFFD, now and after a restart', async () => {
    const { app, trackId } = await openWithShelf();
    const id = randomUUID();
    const answer = await pushed(app, {
      id,
      name: `Even${HALF}ing\0`,
      algorithm: 'ai',
      aiPrompt: `rain ${HALF}`,
      createdAt: NOW,
      updatedAt: NOW,
      entries: [{ entry: `one${HALF}`, trackId, reason: `be\ude00cause \u0000` }],
    });
    expect(answer.status, answer.text).toBe(200);
    const check = async (open: TestApp) => {
      expect(await open.get(`/playlists/${id}`)).toMatchObject({
        name: 'Even\ufffding',
        aiPrompt: 'rain \ufffd',
        tracks: [{ entry: 'one\ufffd', id: trackId, reason: 'be\ufffdcause ' }],
      });
      const { json } = await open.ask('GET', '/sync/playlists/pull');
      expect(JSON.stringify(json)).not.toMatch(/\\ud[89a-f]/i);
    };
    await check(app);
    await check(await app.restart());
  });

  test('in an address, a query, a header or a search finds nothing and breaks nothing', async () => {
    const { app } = await openWithShelf();
    for (const path of [
      '/search?q=%ED%A0%BD',
      '/collection/albums?q=%00%F0%9F',
      `/playlists/${encodeURIComponent('\ufffd')}`,
      '/history/tracks?artist=%ED%A0%BD',
    ]) {
      expect((await app.ask('GET', path)).status, path).toBeLessThan(500);
    }
    const headers = { 'x-aime-device': randomUUID(), 'user-agent': 'x'.repeat(8_000) };
    expect((await app.ask('GET', '/sync/albums/pull', undefined, headers)).status).toBe(200);
    expect(app.library.devices.all().every(({ userAgent }) => (userAgent ?? '').length <= 500)).toBe(true);
  });
});

test('a playlist whose name has an emoji where a file name is cut can be saved', async () => {
  const { app, trackId } = await openWithShelf();
  for (const name of [`${'a'.repeat(99)}😀 and more`, '👨‍👩‍👧‍👦'.repeat(18), '夜'.repeat(200), `e${'\u0301'.repeat(199)}`]) {
    const id = randomUUID();
    expect(
      (
        await pushed(app, {
          id,
          name,
          algorithm: null,
          aiPrompt: null,
          createdAt: NOW,
          updatedAt: NOW,
          entries: [{ entry: 'one', trackId }],
        })
      ).status,
    ).toBe(200);
    for (const format of ['m3u8', 'json']) {
      const file = await app.ask('GET', `/playlists/${id}/export?format=${format}`);
      expect(file.status, file.text).toBe(200);
      const saved = decodeURIComponent(/filename\*=UTF-8''(.+)$/.exec(file.headers.get('content-disposition')!)![1]!);
      expect(new TextEncoder().encode(saved).byteLength).toBeLessThanOrEqual(255);
    }
  }
});

test('a value that is nested without end, and a message as long as what it refuses, are a short 400', async () => {
  const { app } = await openWithShelf();
  for (const body of [[[[]]], { name: 'x'.repeat(200_000) }, { ['y'.repeat(100_000)]: 1 }]) {
    const answer = await app.ask('POST', '/playlists', body);
    expect([400, 201]).toContain(answer.status);
    expect(answer.text.length).toBeLessThan(2_000);
  }
  let deep: unknown = 1;
  for (let level = 0; level < 3_000; level += 1) deep = [deep];
  expect((await pushed(app, { id: randomUUID(), options: deep })).status).toBe(400);
});
