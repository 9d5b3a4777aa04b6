import { describe, expect, test } from 'vitest';
import { until } from '#tests/kit/serverProcess.ts';
import type { EuriaSimulator, EuriaSimulatorOptions } from '#tests/simulators/euria/index.ts';
import {
  choose,
  createPlaylist,
  openWithEuria,
  outcome,
  type Playlist,
  progressOf,
  UNTIL,
} from './playlistsAiFixture.ts';
import { furnish, openTestApp, own } from './testApp.ts';

describe('when the service is no help', () => {
  const faults: [string, (euria: EuriaSimulator) => void, RegExp, object][] = [
    [
      'is down',
      (euria) => euria.fault({ kind: 'status', status: 503, times: Infinity }),
      /EurIA/,
      { code: 'service-broken', params: { service: 'EurIA' } },
    ],
    [
      'refuses the token',
      (euria) => euria.fault({ kind: 'status', status: 401, times: Infinity }),
      /refused/,
      { code: 'service-refused' },
    ],
    [
      'asks for a pause',
      (euria) => euria.fault({ kind: 'status', status: 429, times: Infinity }),
      /pause/,
      { code: 'service-rate-limited' },
    ],
    [
      'answers a web page',
      (euria) => euria.fault({ kind: 'html', times: Infinity }),
      /EurIA/,
      { code: 'service-malformed' },
    ],
    [
      'breaks off',
      (euria) => euria.fault({ kind: 'truncate', times: Infinity }),
      /EurIA/,
      { code: 'service-malformed' },
    ],
    [
      'withdrew the model',
      (euria) => euria.withdraw('mistralai/Mistral-Small-4-119B-2603'),
      /Choose one in Settings/,
      { code: 'model-unknown', params: { model: 'mistralai/Mistral-Small-4-119B-2603' } },
    ],
  ];

  test.each(faults)(
    'that %s, it is explained, stored as failed and may be deleted',
    async (_name, strike, pattern, problem) => {
      const { app, euria } = await openWithEuria({ write: (asked) => ({ tracks: choose(asked, 3) }) });
      furnish(app.library, UNTIL);
      const events = await app.events();
      strike(euria);
      const { id } = await createPlaylist(app, { prompt: 'quiet', length: 3 });
      const failed = await outcome(app, id);
      expect(failed).toMatchObject({
        status: 200,
        json: { id, state: 'failed', problem, tracks: [], trackCount: 0, aiPrompt: 'quiet' },
      });
      const message = (failed.json as Playlist).failure;
      expect(message).toMatch(pattern);
      for (const [method, path] of [
        ['GET', 'export?format=csv'],
        ['POST', 'tracks'],
      ] as const) {
        expect(
          await app.ask(method, `/playlists/${id}/${path}`, method === 'POST' ? { trackIds: [1] } : undefined),
        ).toMatchObject({ status: 409, json: { error: { code: 'not-written' } } });
      }
      expect(message).not.toContain(euria.token);
      expect(
        (
          await until(
            'the end',
            () => progressOf(events, id),
            (all) => all.at(-1)?.state === 'failed',
          )
        ).at(-1)!.message,
      ).toBe(message);
      expect(await app.get<{ items: Playlist[] }>('/playlists')).toMatchObject({
        items: [{ id, state: 'failed', failure: message, trackCount: 0 }],
      });
      expect(app.library.feed.pull('playlists', 0, 10).documents).toEqual([]);
      expect((await app.ask('DELETE', `/playlists/${id}`)).status).toBe(204);
      expect(await app.ask('POST', `/playlists/${id}/restore`)).toMatchObject({
        status: 200,
        json: { state: 'failed', problem },
      });
    },
  );

  test.each<[string, EuriaSimulatorOptions['write'], object]>([
    [
      'no list',
      () => 'I would rather not.',
      { code: 'text-other-words', params: { service: 'EurIA', words: 'I would rather not.' } },
    ],
    ['a list of inventions', () => ({ tracks: [{ id: 987_654, reason: 'No' }] }), { code: 'no-track-chosen' }],
    ['an empty list', () => ({ tracks: [] }), { code: 'no-track-chosen' }],
    ['another shape', () => ({ tracks: 'all of them' }), { code: 'text-not-as-asked' }],
  ])('and writes %s, no list without tracks is saved', async (_name, write, problem) => {
    const { app } = await openWithEuria({ ...(write && { write }) });
    furnish(app.library, UNTIL);
    const { id } = await createPlaylist(app, { prompt: 'quiet' });
    expect(await outcome(app, id)).toMatchObject({ status: 200, json: { state: 'failed', problem, tracks: [] } });
  });

  test('a list counts against what may be asked for a day, and is written again as soon as more is allowed', async () => {
    const { app, euria } = await openWithEuria({ write: (asked) => ({ tracks: choose(asked, 3) }) });
    furnish(app.library, UNTIL);
    expect((await app.ask('PUT', '/settings', { 'euria.askedCap': 2, 'euria.dailyCap': 0 })).status).toBe(200);
    // What it answered with was asked for too, whatever came of it.
    euria.fault({ kind: 'html' });
    for (const state of ['failed', 'ready'])
      expect(await outcome(app, (await createPlaylist(app, { prompt: 'quiet', length: 3 })).id)).toMatchObject({
        status: 200,
        json: { state },
      });
    const { id } = await createPlaylist(app, { prompt: 'one more', length: 3 });
    expect(await outcome(app, id)).toMatchObject({
      status: 200,
      json: { state: 'failed', problem: { code: 'cap-reached', params: { cap: 2 } } },
    });
    expect(euria.questions).toHaveLength(2);
    await app.ask('PUT', '/settings', { 'euria.askedCap': 3 });
    await app.ask('POST', `/playlists/${id}/regenerate`);
    expect(await outcome(app, id)).toMatchObject({ status: 200, json: { trackCount: 3 } });
  });

  test('nothing that the service refused is counted: another key is enough to go on with, for people and for what it writes by itself', async () => {
    const { app, euria } = await openWithEuria(
      {
        write: (asked) =>
          asked.messages.at(-1)!.content.includes('"wish"') ? { tracks: choose(asked, 3) } : undefined,
      },
      { EURIA_TOKEN: '' },
    );
    furnish(app.library, UNTIL);
    await app.ask('PUT', '/settings', { 'euria.askedCap': 1, 'euria.dailyCap': 1 });
    const enter = async (token: string) =>
      expect((await app.ask('PUT', '/settings/secrets', { 'euria.token': token })).status).toBe(200);
    await enter('withdrawn');
    for (let again = 0; again < 3; again += 1)
      expect(await outcome(app, (await createPlaylist(app, { prompt: 'quiet', length: 3 })).id)).toMatchObject({
        json: { problem: { code: 'service-refused' } },
      });
    app.library.states.set('enrichment-newcomers', { albums: 0, artists: 0 });
    own(app.library, [{ title: 'Newcomer', artist: 'Ada Nordlund', tracks: ['Ferry'] }]);
    const asked = euria.requests.length;
    await app.ask('PUT', '/settings', { 'euria.background': true });
    await until(
      'it asks by itself',
      () => Promise.resolve(euria.requests.length),
      (now) => now > asked,
    );
    expect(await app.get('/services/euria/usage')).toMatchObject({ used: 0, asked: { used: 0 } });
    await enter(euria.token);
    await until(
      'a text of its own',
      () => app.get<{ used: number }>('/services/euria/usage'),
      ({ used }) => used === 1,
    );
    expect(await outcome(app, (await createPlaylist(app, { prompt: 'quiet', length: 3 })).id)).toMatchObject({
      json: { state: 'ready' },
    });
  });

  test('a person need not wait for the circuit that failures of background requests opened', async () => {
    const { app, euria } = await openWithEuria({ write: (asked) => ({ tracks: choose(asked, 3) }) });
    furnish(app.library, UNTIL);
    euria.fault({ kind: 'status', status: 500, times: Infinity });
    for (let again = 0; again < 4; again += 1)
      expect(await outcome(app, (await createPlaylist(app, { prompt: 'quiet', length: 3 })).id)).toMatchObject({
        json: { problem: { code: 'service-broken' } },
      });
    euria.clearFaults();
    expect(await outcome(app, (await createPlaylist(app, { prompt: 'quiet', length: 3 })).id)).toMatchObject({
      json: { state: 'ready' },
    });
  });

  test('a failed list is written when asked again; one that failed anew keeps the tracks it had', async () => {
    const { app, euria } = await openWithEuria({ write: (asked) => ({ tracks: choose(asked, 3) }) });
    furnish(app.library, UNTIL);
    euria.fault({ kind: 'status', status: 401 });
    const { id } = await createPlaylist(app, { prompt: 'quiet', length: 3 });
    expect(await outcome(app, id)).toMatchObject({ status: 200, json: { state: 'failed', trackCount: 0 } });
    expect(await app.ask('POST', `/playlists/${id}/regenerate`)).toMatchObject({
      status: 202,
      json: { state: 'writing', failure: null },
    });
    const written = await outcome(app, id);
    expect(written).toMatchObject({ status: 200, json: { state: 'ready', trackCount: 3 } });
    euria.fault({ kind: 'status', status: 401 });
    await app.ask('POST', `/playlists/${id}/regenerate`);
    expect(await outcome(app, id)).toMatchObject({
      status: 200,
      json: { state: 'failed', trackCount: 3, tracks: (written.json as Playlist).tracks },
    });
    expect(app.library.feed.pull('playlists', 0, 10).documents).toMatchObject([{ id, _deleted: false }]);
  });

  test('without an address, or with an empty library, that is said', async () => {
    const alone = await openTestApp();
    const refusal = await alone.ask('POST', '/playlists/generate', { algorithm: 'ai', prompt: 'quiet' });
    expect(refusal).toMatchObject({
      status: 409,
      json: { error: { kind: 'conflict', message: expect.stringContaining('Settings') as unknown } },
    });
    const { app, euria } = await openWithEuria();
    const { id } = await createPlaylist(app, { prompt: 'quiet' });
    expect(await outcome(app, id)).toMatchObject({
      status: 200,
      json: { state: 'failed', problem: { code: 'nothing-to-choose' } },
    });
    expect(euria.questions).toEqual([]);
  });
});
