import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, expect, test } from 'vitest';
import { mutationRow } from '#tests/kit/mutationRows.ts';
import { type RunningServer, until } from '#tests/kit/serverProcess.ts';
import { startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import { startEuriaSimulator } from '#tests/simulators/euria/index.ts';
import type { LastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { startMusicBrainzSimulator } from '#tests/simulators/musicbrainz/index.ts';
import { SimulatedCore } from '#tests/simulators/roon/index.ts';
import { startSpotifySimulator } from '#tests/simulators/spotify/index.ts';
import { Between } from './setup/between.ts';
import { TestSession, following, now } from './setup/testSession.ts';
import { LANGUAGES, ServiceCards, type ServiceId } from './setup/serviceCards.ts';
import { FOR_EVER, refuses } from './setup/serviceFaults.ts';

/**
 * Every sentence that the app says of a service: its condition is made true on a real server with simulated services, read
 * from real pages in both languages, and made false. `sentences/services.ts` has them word for word.
 */
const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

const PAUSE = { kind: 'status', status: 429, headers: { 'retry-after': '7200' }, ...FOR_EVER } as const;
const UNREADABLE = { kind: 'html', ...FOR_EVER } as const;

/** A server, and its Settings on an English and a French page. */
async function settingsOf(environment: Record<string, string>) {
  const server = await session.server(environment);
  await server.send('PUT', '/household', { firstRunDone: true });
  const between = session.keep(await Between.start(server), (proxy) => proxy.close());
  const cards = new ServiceCards(
    await Promise.all(LANGUAGES.map((locale) => session.device(server, '/settings', { locale, baseURL: between.url }))),
  );
  const set = async (settings: Record<string, unknown>, path: '/settings' | '/settings/secrets' = '/settings') =>
    expect(await server.send('PUT', path, settings)).toMatchObject({ status: 200 });
  const enter = (secrets: Record<string, string>) => set(secrets, '/settings/secrets');
  const post = (path: string, body: unknown = {}) => server.send('POST', path, body);
  const tested = (id: ServiceId) => post(`/services/${id}/test`);
  return { server, between, cards, set, enter, post, tested };
}

/** Three records are heard, which Last.fm reports at the next poll. */
function bringRecords(lastfm: LastfmSimulator): void {
  for (const album of ['Nine Small Engines', 'Ondes courtes', 'Green Room'])
    lastfm.scrobble({
      playedAt: now() - 3_600 - lastfm.plays.length,
      artist: 'Kombinat 7',
      title: `Part of ${album}`,
      album,
    });
}
const recordsOf = (server: RunningServer) =>
  until(
    'the records',
    () => server.get<{ total: number }>('/collection/albums?pageSize=1'),
    ({ total }) => total === 3,
  );

test('each state of Last.fm, Roon and Discogs is said in Settings while it is so, in both languages, and not any more when it is over', async () => {
  const lastfm = await session.listener([]);
  const core = session.keep(await SimulatedCore.start({ name: 'Cellar Core' }), (one) => one.close());
  const discogs = session.keep(await startDiscogsSimulator({ requestsPerMinute: 60_000 }), (one) => one.close());
  const { server, between, cards, set, enter, post, tested } = await settingsOf({
    LASTFM_URL: lastfm.url,
    LASTFM_AUTH_URL: lastfm.authUrl,
    DISCOGS_URL: discogs.url,
  });

  for (const id of ['lastfm', 'roon', 'discogs'] as const) await cards.say(id, 'not-configured');

  async function checkLastfm(): Promise<void> {
    lastfm.fault({ kind: 'hang', ...FOR_EVER });
    await enter({ 'lastfm.apiKey': 'key', 'lastfm.apiSecret': 'secret', 'lastfm.sessionKey': 'session' });
    await set({ 'lastfm.username': 'ada', 'lastfm.requestsPerMinute': 60_000, 'lastfm.scrobbleManual': true });
    await cards.say('lastfm', 'unasked');
    await post('/services/tracker/stop');
    await cards.say('lastfm', 'stopped');
    lastfm.clearFaults();
    await post('/services/tracker/start');
    await cards.say('lastfm', 'following');
    // Whoever asks meets it, the tracker's poll or the test: one fault alone might be met by the poll, and the test answered.
    lastfm.fault({ kind: 'error', error: 10, ...FOR_EVER });
    await tested('lastfm');
    await cards.say('lastfm', 'failing', 'refused');
    lastfm.clearFaults();
    await tested('lastfm');
    await cards.say('lastfm', 'following');
    // Not every refusal is about the key.
    lastfm.fault({ kind: 'error', error: 17, ...FOR_EVER });
    await tested('lastfm');
    await cards.say('lastfm', 'failing', 'history-private');
    lastfm.clearFaults();
    await tested('lastfm');
    await cards.say('lastfm', 'following');
    // Only now, so that nothing but the test meets the fault above. A listen can be undone for a while before it is submitted to Last.fm.
    lastfm.revokeSessions();
    const mutation = mutationRow({
      kind: 'log-named',
      group: randomUUID(),
      playedAt: now() - 60,
      artist: 'Orchard Signal',
      tracks: [{ title: 'Interlude for Nobody', durationSeconds: 60 }],
    });
    await server.send('POST', '/sync/intents/push', [mutation]);
    await cards.say('lastfm', 'refused');
    await post('/services/lastfm/session', { token: lastfm.issueToken() });
    await cards.say('lastfm', 'following');
    lastfm.renameUser('grace');
    await set({ 'lastfm.username': 'grace' });
    await cards.say('lastfm', 'other-user');
    await post('/services/tracker/accept-user');
    await cards.say('lastfm', 'following');
  }

  async function checkRoon(): Promise<void> {
    await post('/services/roon/start');
    await cards.say('roon', 'searching');
    core.goSilent('everything');
    await set({ 'roon.host': core.host, 'roon.port': core.port });
    await cards.say('roon', 'connecting');
    core.speak();
    core.drop();
    await cards.say('roon', 'waiting-for-approval');
    core.approve();
    await cards.say('roon', 'paired');
    await post('/services/roon/stop');
    await cards.say('roon', 'stopped');
    await post('/services/roon/start');
    await cards.say('roon', 'paired');
    await core.close();
    await cards.say('roon', 'lost');
  }

  async function checkDiscogs(): Promise<void> {
    await enter({ 'discogs.token': discogs.token });
    await cards.say('discogs', 'unasked');
    await tested('discogs');
    await cards.say('discogs', 'answered');
    discogs.fault(refuses(1));
    await tested('discogs');
    await cards.say('discogs', 'refused');
    await tested('discogs');
    await cards.say('discogs', 'answered');
    discogs.fault({ kind: 'hang', ...FOR_EVER });
    await post('/services/discogs/sync');
    await cards.say('discogs', 'importing');
    await server.send('DELETE', '/services/discogs/sync');
    await cards.say('discogs', 'import-cancelled');
    discogs.clearFaults();
    discogs.fault(refuses(1));
    await post('/services/discogs/sync');
    await cards.say('discogs', 'import-failed', 'refused');
    // It takes the key again; the import broke off all the same.
    await tested('discogs');
    await cards.say('discogs', 'import-failed');
    discogs.fault(UNREADABLE);
    await post('/services/discogs/sync');
    await cards.say('discogs', 'failing', 'malformed');
    discogs.clearFaults();
    await post('/services/discogs/try-now');
    await cards.say('discogs', 'ready');
    discogs.fault(UNREADABLE);
    await tested('discogs');
    await cards.say('discogs', 'last-failed', 'malformed');
    discogs.clearFaults();
    await tested('discogs');
    await cards.say('discogs', 'ready');
  }

  await Promise.all([checkLastfm(), checkRoon(), checkDiscogs()]);

  // A simulated event: a Core plays for minutes before its library takes nothing. Sent again and again, as the server goes on reporting it lost.
  for (const state of [
    { status: 'attention', code: 'not-written', detail: 'The library takes nothing' },
    { status: 'connected', code: 'paired' },
  ] as const) {
    const emitting = setInterval(
      () => between.emit({ event: 'service', data: { id: 'roon', account: core.name, ...state } }),
      100,
    );
    await cards.say('roon', state.code).finally(() => clearInterval(emitting));
  }
  expect(cards.unread(['lastfm', 'roon', 'discogs'])).toEqual([]);
});

test('each state of Spotify and MusicBrainz is said in Settings while it is so, in both languages, and not any more when it is over', async () => {
  const lastfm = await session.listener([]);
  // It knows none of the records: one with a cover from there is nothing that MusicBrainz would still be asked about.
  const spotify = session.keep(await startSpotifySimulator({ knows: [] }), (one) => one.close());
  const musicbrainz = session.keep(await startMusicBrainzSimulator({ intervalMs: 0 }), (one) => one.close());
  const { server, cards, set, enter, post, tested } = await settingsOf({
    ...following(lastfm),
    SPOTIFY_API_URL: spotify.apiUrl,
    SPOTIFY_ACCOUNTS_URL: spotify.accountsUrl,
    MUSICBRAINZ_URL: musicbrainz.url,
    COVERART_URL: musicbrainz.coverArtUrl,
  });

  await cards.say('spotify', 'not-configured');
  await cards.say('musicbrainz', 'no-contact');

  let toPrepare = 2;
  /** Records come once both have said what they say without any. */
  async function waitForRecords(): Promise<void> {
    toPrepare -= 1;
    if (toPrepare === 0) bringRecords(lastfm);
    await recordsOf(server);
  }

  /** What Spotify and MusicBrainz, which gaps are looked up at, say alike. */
  async function checkLookups(
    id: 'spotify' | 'musicbrainz',
    service: Pick<typeof spotify, 'fault' | 'clearFaults'>,
    refusal: { kind: 'status'; status: number },
  ): Promise<void> {
    await cards.say(id, 'unasked');
    await tested(id);
    await cards.say(id, 'ready');
    service.fault({ ...refusal, ...FOR_EVER });
    await tested(id);
    await cards.say(id, 'refused');
    service.clearFaults();
    await tested(id);
    await cards.say(id, 'ready');
    service.fault(UNREADABLE);
    await tested(id);
    await cards.say(id, 'last-failed', 'malformed');
    service.clearFaults();
    await tested(id);
    await cards.say(id, 'ready');
    await post(`/services/${id}/pause`);
    await cards.say(id, 'lookups-paused');
    await waitForRecords();
    service.fault({ kind: 'status', status: 500, ...FOR_EVER });
    await post(`/services/${id}/resume`);
    await cards.say(id, 'failing', 'broken');
    service.clearFaults();
    await post(`/services/${id}/try-now`);
    await cards.say(id, 'ready');
    service.fault(PAUSE);
    await tested(id);
    await cards.say(id, 'blocked', 'rate-limited');
  }

  async function checkMusicbrainz(): Promise<void> {
    await set({ 'musicbrainz.lookups': false, contact: 'ada@example.com' });
    await cards.say('musicbrainz', 'switched-off');
    // The address is what it has instead of a key: without one it is not asked at all.
    await set({ 'musicbrainz.lookups': true });
    await checkLookups('musicbrainz', musicbrainz, { kind: 'status', status: 403 });
  }

  async function checkSpotify(): Promise<void> {
    await enter({ 'spotify.clientId': spotify.clientId, 'spotify.clientSecret': spotify.clientSecret });
    await checkLookups('spotify', spotify, { kind: 'status', status: 401 });
  }

  await Promise.all([checkSpotify(), checkMusicbrainz()]);

  // What is known of a pause after a start is that there is one, and when it ends.
  await server.stop();
  await session.again(server);
  for (const id of ['spotify', 'musicbrainz'] as const) {
    await cards.say(id, 'resting');
    ({ spotify, musicbrainz })[id].clearFaults();
    await post(`/services/${id}/try-now`);
    await tested(id);
    await cards.say(id, 'ready');
  }
  expect(cards.unread(['spotify', 'musicbrainz'])).toEqual([]);
});

test('each state of EurIA is said in Settings while it is so, in both languages, and not any more when it is over', async () => {
  const lastfm = await session.listener([]);
  const euria = session.keep(
    await startEuriaSimulator({ models: [{ name: 'small' }], requestsPerMinute: 6_000 }),
    (one) => one.close(),
  );
  const { server, cards, set, enter, post, tested } = await settingsOf({ ...following(lastfm), EURIA_MODEL: 'small' });

  await cards.say('euria', 'not-configured');
  const failsOnce = async (
    fault: { kind: 'status'; status: number; headers?: Record<string, string> } | { kind: 'html' },
  ) => {
    euria.fault({ ...fault, ...FOR_EVER });
    await tested('euria');
    euria.clearFaults();
  };
  await enter({ 'euria.token': euria.token });
  await set({ 'euria.url': euria.url });
  await cards.say('euria', 'unasked');
  await tested('euria');
  await cards.say('euria', 'when-asked');
  await failsOnce({ kind: 'status', status: 401 });
  await cards.say('euria', 'refused');
  await tested('euria');
  await cards.say('euria', 'when-asked');
  await failsOnce({ kind: 'status', status: 402 });
  await cards.say('euria', 'must-be-seen-to', 'no-credit');
  await post('/services/euria/try-now');
  await cards.say('euria', 'unasked');
  await failsOnce({ kind: 'status', status: 429, headers: { 'retry-after': '600' } });
  await cards.say('euria', 'paused', 'rate-limited');
  await post('/services/euria/try-now');
  await cards.say('euria', 'unasked');
  await failsOnce({ kind: 'html' });
  await cards.say('euria', 'last-failed', 'malformed');
  await enter({ 'euria.token': '' });
  await tested('euria');
  await cards.say('euria', 'no-key');
  await enter({ 'euria.token': euria.token });
  await tested('euria');
  await cards.say('euria', 'when-asked');
  await set({ 'euria.askedCap': 0 });
  await cards.say('euria', 'asked-none');
  await set({ 'euria.background': true });
  await cards.say('euria', 'only-by-itself');
  await set({ 'euria.askedCap': 200 });
  await cards.say('euria', 'nothing-left');
  bringRecords(lastfm);
  await recordsOf(server);
  await cards.say('euria', 'by-itself');
  await until(
    'a text of its own',
    () => server.get<{ used: number }>('/services/euria/usage'),
    ({ used }) => used === 1,
  );
  await set({ 'euria.dailyCap': 1 });
  await cards.say('euria', 'cap-reached');
  const { items } = await server.get<{ items: { id: number }[] }>('/collection/albums?pageSize=1');
  const write = () => post(`/collection/albums/${items[0]!.id}/words`);
  await write();
  await set({ 'euria.askedCap': 1 });
  await cards.say('euria', 'all-caps-reached');
  await set({ 'euria.background': false });
  await cards.say('euria', 'asked-cap-reached');
  await set({ 'euria.askedCap': 200 });
  await cards.say('euria', 'when-asked');
  euria.fault({ kind: 'hang', ms: 2_000 });
  await write();
  await cards.say('euria', 'writing');
  await cards.say('euria', 'when-asked');
  expect(cards.unread(['euria'])).toEqual([]);
});
