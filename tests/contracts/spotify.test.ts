import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UpstreamError } from '#server/kit/http/upstreamError.ts';
import { Redacted } from '#server/kit/redacted.ts';
import { createSpotifyClient, type SpotifySettings } from '#server/upstreams/spotify/index.ts';
import { ImpatientClock } from '#tests/kit/impatientClock.ts';
import { inventedRecords } from '#tests/simulators/catalogue/inventedRecords.ts';
import { QUOTA_EXCEEDED, type SpotifySimulator, startSpotifySimulator } from '#tests/simulators/spotify/index.ts';
import { failureOf, PATIENT_MS, patienceWith, COMMON_FAULTS } from './outcomes.ts';

const [clientId, clientSecret] = ['sp-client-0a1b2c3d', 'sp-secret-4e5f6a7b'];
const records = inventedRecords(60);

let sim: SpotifySimulator;
let clock: ImpatientClock;
let failures: UpstreamError[];
beforeEach(async () => {
  clock = new ImpatientClock();
  failures = [];
  sim = await startSpotifySimulator({ clientId, clientSecret, knows: records, now: () => clock.now() });
});
afterEach(() => sim.close());

const client = (settings: Partial<SpotifySettings> = {}, timeoutMs = PATIENT_MS) =>
  createSpotifyClient({
    settings: {
      url: sim.apiUrl,
      accountsUrl: sim.accountsUrl,
      clientId: new Redacted(clientId),
      clientSecret: new Redacted(clientSecret),
      ...settings,
    },
    clock,
    userAgent: 'AIME/4.0.0 (tests)',
    timeoutMs,
    onAttemptFailed: (error) => failures.push(error),
  });
const failure = (request: Promise<unknown>) => failureOf(request, 'Spotify', [clientSecret, clientId]);
const tokensAsked = () => sim.requests.filter(({ path }) => path === '/api/token').length;
const anAlbum = { artist: records[0]!.artist, title: records[0]!.title };

describe('a search for albums', () => {
  it('finds each record of the catalogue among a few candidates, whatever stands beside it', async () => {
    const spotify = client();
    for (const { artist, title } of records) {
      const candidates = await spotify.searchAlbums({ artist, title });
      expect(candidates.length).toBeLessThanOrEqual(5);
      expect(candidates).toContainEqual(
        expect.objectContaining({ artists: [artist], name: expect.stringContaining(title) as unknown }),
      );
    }
    expect(failures).toEqual([]);
    expect(tokensAsked()).toBe(1);
  });

  it('gives years of any precision, none for 0000, pictures widest first or none at all', async () => {
    const spotify = client();
    const found = [];
    for (const { artist, title } of records) found.push(...(await spotify.searchAlbums({ artist, title })));
    expect(found.filter(({ year }) => year === null).length).toBeGreaterThan(0);
    expect(found.filter(({ year }) => year !== null && (year < 1950 || year > 2026))).toEqual([]);
    expect(found.filter(({ images }) => images.length === 0).length).toBeGreaterThan(0);
    for (const { images } of found) {
      const widths = images.map(({ width }) => width ?? 0);
      expect(widths).toEqual(widths.toSorted((one, other) => other - one));
    }
    expect(found.every(({ url }) => url?.startsWith('https://open.spotify.com/album/'))).toBe(true);
  });

  it('asks for five, with the names as filters and without their quotes', async () => {
    await client().searchAlbums({ artist: 'The "Paper" Boats', title: ' ' });
    const search = sim.requests.find(({ path }) => path === '/v1/search');
    expect(search?.query.get('limit')).toBe('5');
    expect(search?.query.get('q')).toBe('artist:"The Paper Boats"');
  });

  it('of nothing asks nothing', async () => {
    expect(await client().searchAlbums({ artist: '', title: '""' })).toEqual([]);
    expect(await client().searchArtists(' ')).toEqual([]);
    expect(sim.requests).toEqual([]);
  });

  it('of what nobody made finds nothing', async () => {
    expect(await client().searchAlbums({ artist: 'Unfindable', title: 'Unknown' })).toEqual([]);
  });
});

describe('a search for artists', () => {
  it('gives candidates with pictures, not only the right one', async () => {
    const candidates = await client().searchArtists(anAlbum.artist);
    expect(candidates.map(({ name }) => name)).toEqual([anAlbum.artist, `${anAlbum.artist} Tribute Band`]);
    const [first] = candidates;
    const picture = await fetch(first!.images.at(-1)!.url);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
  });
});

describe('the token', () => {
  it('is asked for once by many who search at the same time, and again when it is about to expire', async () => {
    const spotify = client();
    await Promise.all(records.slice(0, 5).map((record) => spotify.searchAlbums(record)));
    expect(tokensAsked()).toBe(1);
    await clock.sleep(3_590_000);
    await spotify.searchAlbums(anAlbum);
    expect(tokensAsked()).toBe(2);
    expect(failures).toEqual([]);
  });

  it('that is refused before its time is replaced once', async () => {
    const spotify = client();
    await spotify.searchAlbums(anAlbum);
    sim.expireTokens();
    expect((await spotify.searchAlbums(anAlbum)).length).toBeGreaterThan(0);
    expect(tokensAsked()).toBe(2);
    sim.fault({
      kind: 'status',
      status: 401,
      body: '{"error":{"status":401,"message":"The access token expired"}}',
      when: ({ path }) => path === '/v1/search',
      times: 2,
    });
    expect(await failure(spotify.searchAlbums(anAlbum))).toMatchObject({ kind: 'refused', code: 'token-expired' });
    expect(tokensAsked()).toBe(3);
  });

  it('is renewed ahead of time when asked to be', async () => {
    const spotify = client();
    const expires = await spotify.refreshToken();
    expect(expires).toBeGreaterThan(clock.now());
    await spotify.searchAlbums(anAlbum);
    expect(tokensAsked()).toBe(1);
  });

  it('needs the right client id and secret', async () => {
    const wrong = client({ clientSecret: new Redacted('not the secret') });
    expect(await failure(wrong.searchAlbums(anAlbum))).toMatchObject({
      kind: 'refused',
      code: 'invalid_client',
      passing: false,
    });
    expect(await failure(client({ clientId: undefined }).refreshToken())).toMatchObject({
      kind: 'refused',
      code: 'no-credentials',
    });
  });
});

describe('a transient fault', () => {
  it.each(COMMON_FAULTS)('%s passes, and is reported', async (_what, fault, kind) => {
    sim.fault({ ...fault, when: ({ path }) => path === '/v1/search' });
    expect((await client({}, patienceWith(fault)).searchAlbums(anAlbum)).length).toBeGreaterThan(0);
    expect(failures.map((one) => one.kind)).toEqual([kind]);
  });

  it.each(COMMON_FAULTS)('%s that lasts becomes a failure to come back from', async (_what, fault, kind) => {
    sim.fault({ ...fault, times: Infinity });
    expect(await failure(client({}, patienceWith(fault)).searchAlbums(anAlbum))).toMatchObject({ kind, passing: true });
  });

  it.each([
    ['no list', 'albums.items', undefined],
    ['a list that is none', 'albums', 'none'],
  ])('%s is no empty answer', async (_what, path, value) => {
    sim.fault({ kind: 'wrong-type', path, value, when: (request) => request.path === '/v1/search' });
    expect(await failure(client().searchAlbums(anAlbum))).toMatchObject({ kind: 'malformed' });
  });
});

describe('a pause that Spotify asks for', () => {
  it('lasts as long as it says, a day too, and is remembered when given', async () => {
    const spotify = client();
    sim.fault({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '86400' },
      when: ({ path }) => path === '/v1/search',
    });
    expect(await failure(spotify.searchAlbums(anAlbum))).toMatchObject({
      kind: 'rate-limited',
      retryAfterSeconds: 86_400,
    });
    const asked = sim.requests.length;
    const next = client();
    next.blockedUntil = spotify.blockedUntil;
    expect(await failure(next.searchArtists('Anyone'))).toMatchObject({ kind: 'rate-limited' });
    expect(sim.requests).toHaveLength(asked);
    await clock.sleep(86_400_000);
    expect((await next.searchAlbums(anAlbum)).length).toBeGreaterThan(0);
  });

  it('says so when the quota of the whole account is used up, and lasts an hour at least', async () => {
    const spotify = client();
    sim.fault({ ...QUOTA_EXCEEDED, when: ({ path }) => path === '/v1/search' });
    const quota = await failure(spotify.searchAlbums(anAlbum));
    expect(quota).toMatchObject({ kind: 'rate-limited', code: 'quota-exceeded', retryAfterSeconds: 3600 });
    expect(quota.message).toContain('quota');
    await clock.sleep(3_500_000);
    expect(await failure(spotify.searchAlbums(anAlbum))).toMatchObject({ kind: 'rate-limited' });
  });
});

describe('what a person must do something about', () => {
  it('is Premium that lapsed, which Spotify says in plain text', async () => {
    sim.setPremium(false);
    const refused = await failure(client().searchAlbums(anAlbum));
    expect(refused).toMatchObject({
      kind: 'refused',
      code: 'premium-required',
      refuses: 'premium-needed',
      passing: false,
    });
    expect(refused.message).toContain('Premium');
    expect(sim.searches).toHaveLength(1);
  });

  it.each([
    [403, '{"error":{"status":403,"message":"Forbidden"}}', 'refused', 'Forbidden'],
    [400, '{"error":{"status":400,"message":"Invalid limit"}}', 'bad-request', 'Invalid limit'],
    [400, 'Bad gateway', 'bad-request', '400'],
    [404, '<html></html>', 'not-found', 'Spotify'],
  ] as const)('is reported in Spotify’s words: %i %s', async (status, body, kind, message) => {
    sim.fault({ kind: 'status', status, body, when: ({ path }) => path === '/v1/search' });
    const refused = await failure(client().searchAlbums(anAlbum));
    expect(refused).toMatchObject({ kind, status });
    expect(refused.message).toContain(message);
  });
});

describe('a person who changes their mind', () => {
  it('stops a search, also while the token is fetched', async () => {
    sim.fault({ kind: 'hang', times: Infinity });
    const stop = new AbortController();
    const asked = failure(client().searchAlbums(anAlbum, stop.signal));
    stop.abort();
    expect(await asked).toMatchObject({ kind: 'cancelled' });
  });
});
