import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Redacted } from '#server/kit/redacted.ts';
import { API_KEY, failureOf, openLastfmFixture, SESSION, START, type LastfmFixture } from './lastfmFixture.ts';

let fixture: LastfmFixture;
beforeEach(async () => {
  fixture = await openLastfmFixture();
});
afterEach(() => fixture.sim.close());

describe('failures in Last.fm’s own words', () => {
  it.each([
    [4, 'refused', 'account-refused'],
    [9, 'refused', 'account-refused'],
    [10, 'refused'],
    [13, 'refused', 'secret-refused'],
    [14, 'refused', 'account-refused'],
    [26, 'refused'],
    [17, 'refused', 'history-private'],
    [29, 'rate-limited'],
    [8, 'broken'],
    [11, 'broken'],
    [16, 'broken'],
    [3, 'bad-request'],
  ])('error %i is %s, whether it comes with its status or with 200', async (error, kind, refuses = undefined) => {
    for (const status of [undefined, 200]) {
      fixture.sim.fault({ kind: 'error', error, status, times: Infinity });
      const failure = await failureOf(fixture.client().recentPlays({}));
      expect([failure.kind, failure.refuses]).toEqual([kind, refuses]);
      fixture.sim.clearFaults();
    }
  });

  it.each([8, 11, 16])('asks again after error %i and recovers, having reported each failure', async (error) => {
    fixture.sim.fault({ kind: 'error', error, status: 200, times: 3 });
    expect((await fixture.client().recentPlays({})).plays).toHaveLength(3);
    expect(fixture.failures.map(({ kind, code }) => [kind, code])).toEqual(Array(3).fill(['broken', error]));
  });

  it('does not ask again where a person must act', async () => {
    fixture.sim.fault({ kind: 'error', error: 26 });
    await failureOf(fixture.client().recentPlays({}));
    expect(fixture.sim.requests).toHaveLength(1);
  });

  it('distinguishes an unknown or renamed user from a bad parameter, both error 6', async () => {
    const missing = await failureOf(fixture.client({ username: 'nobody' }).recentPlays({}));
    expect(missing).toMatchObject({ kind: 'not-found', code: 6, refuses: 'user-unknown' });
    expect(missing.message).toContain('“nobody”');
    fixture.sim.renameUser('ligeia-2');
    expect(await failureOf(fixture.client().profile())).toMatchObject({ kind: 'not-found', code: 6 });
    fixture.sim.renameUser('ligeia');
    expect(await failureOf(fixture.client().recentPlays({ page: 0 }))).toMatchObject({ kind: 'bad-request', code: 6 });
  });

  it('uses nothing of another user’s data', async () => {
    fixture.sim.answerAs('somebody-else');
    const lastfm = fixture.client();
    for (const request of [() => lastfm.recentPlays({}), () => lastfm.lovedTracks(1), () => lastfm.profile()]) {
      expect(await failureOf(request())).toMatchObject({
        kind: 'malformed',
        code: 'other-user',
        message: expect.stringContaining('another user') as unknown,
      });
    }
    fixture.sim.answerAs('LIGEIA');
    expect((await lastfm.recentPlays({})).plays).toHaveLength(3);
  });

  it('repeats no secret that an answer repeats', async () => {
    fixture.sim.fault({ kind: 'error', error: 99, message: `No access for ${API_KEY}\nwith ${SESSION}` });
    const failure = await failureOf(fixture.connected().recentPlays({}));
    expect(failure.message).toContain('No access for');
  });

  it('says what to enter when there is no key, no user or a wrong key', async () => {
    expect((await failureOf(fixture.client({ apiKey: undefined }).recentPlays({}))).message).toContain('API key');
    expect((await failureOf(fixture.client({ username: undefined }).recentPlays({}))).message).toContain('user name');
    expect(await failureOf(fixture.client({ apiKey: new Redacted('wrong') }).recentPlays({}))).toMatchObject({
      kind: 'refused',
      code: 10,
    });
  });
});

describe('failures on the way', () => {
  it('keeps Retry-After and asks nothing before it has passed', async () => {
    fixture.sim.fault({ kind: 'status', status: 429, headers: { 'Retry-After': '90' } });
    const lastfm = fixture.client();
    expect(await failureOf(lastfm.recentPlays({}))).toMatchObject({ kind: 'rate-limited', retryAfterSeconds: 90 });
    expect(await failureOf(lastfm.recentPlays({}))).toMatchObject({ kind: 'rate-limited' });
    expect(fixture.sim.requests).toHaveLength(1);
    expect(lastfm.blockedUntil).toBeGreaterThan(fixture.clock.now() + 80_000);
    await fixture.clock.sleep(90_000);
    expect((await lastfm.recentPlays({})).plays).toHaveLength(3);
  });

  it('waits for minutes after error 29, with whatever status it came', async () => {
    fixture.sim.fault({ kind: 'error', error: 29, status: 200 });
    const lastfm = fixture.client();
    expect((await failureOf(lastfm.recentPlays({}))).retryAfterSeconds).toBeGreaterThanOrEqual(60);
    await failureOf(lastfm.recentPlays({}));
    expect(fixture.sim.requests).toHaveLength(1);
  });

  it.each([
    ['an internal error', { kind: 'status', status: 500 }, 'broken'],
    ['a bad gateway with a web page', { kind: 'html', status: 502 }, 'broken'],
    ['a web page', { kind: 'html' }, 'malformed'],
    ['nothing', { kind: 'empty' }, 'malformed'],
    ['half an answer', { kind: 'cut-json' }, 'malformed'],
    ['a connection cut within the answer', { kind: 'truncate' }, 'unreachable'],
    ['a connection closed without a word', { kind: 'reset' }, 'unreachable'],
  ] as const)('recovers from %s, and says it in words when it stays', async (_, fault, kind) => {
    const lastfm = fixture.client();
    fixture.sim.fault({ ...fault, times: 3 });
    expect((await lastfm.recentPlays({})).plays).toHaveLength(3);
    expect(fixture.failures.map((failure) => failure.kind)).toEqual([kind, kind, kind]);
    fixture.sim.fault({ ...fault, times: 4 });
    expect((await failureOf(lastfm.recentPlays({}))).kind).toBe(kind);
  });

  it('does not wait for ever', async () => {
    fixture.sim.fault({ kind: 'hang', times: 4 });
    expect((await failureOf(fixture.client({}, 50).recentPlays({}))).kind).toBe('timeout');
    expect(fixture.failures).toHaveLength(4);
  });

  it('leaves a service that stays broken alone for thirty seconds at most, then finds it well', async () => {
    fixture.sim.fault({ kind: 'status', status: 500, times: 5 });
    const lastfm = fixture.client();
    await failureOf(lastfm.recentPlays({}));
    await failureOf(lastfm.recentPlays({}));
    expect(await failureOf(lastfm.recentPlays({}))).toMatchObject({ kind: 'resting' });
    expect(fixture.sim.requests).toHaveLength(5);
    await fixture.clock.sleep(30_000);
    expect((await lastfm.recentPlays({})).plays).toHaveLength(3);
  });

  it('says that nobody is there', async () => {
    const lastfm = fixture.client();
    await fixture.sim.close();
    expect((await failureOf(lastfm.recentPlays({}))).kind).toBe('unreachable');
    await fixture.restart({});
  });

  it('can be called off', async () => {
    fixture.sim.fault({ kind: 'hang' });
    const calling = new AbortController();
    const request = fixture.client().recentPlays({}, calling.signal);
    setTimeout(() => calling.abort(), 20);
    expect((await failureOf(request)).kind).toBe('cancelled');
    expect(fixture.failures).toEqual([]);
  });

  it('sends a love again after a failure, and a session token never', async () => {
    fixture.sim.fault({ kind: 'status', status: 500, times: 2 });
    await fixture.connected().love({ artist: 'Marée Lente', title: 'Marram' });
    expect(fixture.sim.loved).toHaveLength(1);
    fixture.sim.fault({ kind: 'status', status: 500, method: 'auth.getSession' });
    expect((await failureOf(fixture.client().getSession(fixture.sim.issueToken()))).kind).toBe('broken');
    expect(fixture.sim.requests.filter(({ query }) => query.get('method') === 'auth.getSession')).toHaveLength(1);
  });

  it.each([
    ['recenttracks.track', null],
    ['recenttracks.track', undefined],
    ['recenttracks.track', 'many'],
    ['recenttracks.@attr', undefined],
    ['recenttracks.@attr.user', 5],
    ['recenttracks.@attr.total', 'many'],
    ['recenttracks', []],
  ])('refuses the whole page when %s is %j', async (path, value) => {
    fixture.sim.fault({ kind: 'wrong-type', path, value });
    expect(await failureOf(fixture.client().recentPlays({}))).toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining('unknown shape') as unknown,
    });
    expect(fixture.sim.requests).toHaveLength(1);
  });

  it.each([
    ['recenttracks.track.1.name', undefined, 'no-title'],
    ['recenttracks.track.1.name', 7, 'no-title'],
    ['recenttracks.track.1.name', ' ', 'no-title'],
    ['recenttracks.track.1.artist', undefined, 'no-artist'],
    ['recenttracks.track.1.artist', { name: ' ' }, 'no-artist'],
    ['recenttracks.track.1.artist.name', ['Marée Lente'], 'no-artist'],
    ['recenttracks.track.1.album', 1984, 'unreadable'],
    ['recenttracks.track.1.album', [], 'unreadable'],
    ['recenttracks.track.2.date', undefined, 'no-date'],
    ['recenttracks.track.2.date.uts', 'yesterday', 'no-date'],
    ['recenttracks.track.2.date.uts', '1700000000.5', 'no-date'],
    ['recenttracks.track.2.date.uts', null, 'no-date'],
    ['recenttracks.track.2.date.uts', '', 'no-date'],
    ['recenttracks.track.0', null, 'unreadable'],
  ])('sets an entry aside when %s is %j, and reads the others', async (path, value, reason) => {
    fixture.sim.fault({ kind: 'wrong-type', path, value });
    const page = await fixture.client().recentPlays({});
    expect(page).toMatchObject({ total: 3, setAside: [{ reason }] });
    expect(page.plays).toHaveLength(2);
  });

  it('refuses a page of which more than a fifth cannot be read', async () => {
    const [track] = [{ artist: { '#text': 'Marée Lente' }, name: 'Slack Water', date: { uts: '1700000000' } }];
    const page = (odd: number, of: number, entry: object) =>
      Array.from({ length: of }, (_, at) => (at < odd ? { ...track, ...entry } : track));
    const asked = (tracks: object[]) => {
      fixture.sim.fault({ kind: 'wrong-type', path: 'recenttracks.track', value: tracks });
      return fixture.client().recentPlays({});
    };
    expect((await asked(page(10, 50, { date: 'never' }))).setAside).toHaveLength(10);
    expect((await asked(page(10, 50, { name: ' ' }))).plays).toHaveLength(40);
    for (const entry of [{ date: 'never' }, { name: ' ' }, { artist: '' }]) {
      expect(await failureOf(asked(page(11, 50, entry)))).toMatchObject({
        kind: 'malformed',
        message: expect.stringContaining('11 of 50 entries') as unknown,
      });
    }
    expect(await failureOf(asked(page(3, 4, { date: 'never' })))).toMatchObject({ kind: 'malformed' });
    expect((await asked(page(9, 10, { artist: { '#text': ' ' } }))).plays).toHaveLength(1);
  });

  it.each([
    ['recenttracks.@attr.total', undefined, 3],
    ['recenttracks.@attr.total', 3, 3],
    ['recenttracks.track.0.image', '', 3],
    ['recenttracks.track.0.artist', { '#text': 'Marée Lente', mbid: '' }, 3],
    ['recenttracks.track.0.artist.url', 'javascript:alert(1)', 3],
    ['recenttracks.track.0.loved', undefined, 3],
    ['recenttracks.track.0.album', '', 3],
    ['recenttracks.track.0.date.uts', START + 600, 3],
  ])('takes %s as %j, for the wire is known to vary so', async (path, value, total) => {
    fixture.sim.fault({ kind: 'wrong-type', path, value });
    const page = await fixture.client().recentPlays({});
    expect(page).toMatchObject({
      total,
      plays: [{ playedAt: START + 600, artist: 'Marée Lente', title: 'Quai n° 7', album: undefined }, {}, {}],
    });
    expect(page.plays[0]?.artistUrl).toBe('https://www.last.fm/music/Mar%C3%A9e+Lente');
  });
});
