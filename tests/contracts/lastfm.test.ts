import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Redacted } from '#server/kit/redacted.ts';
import { failureOf, openLastfmFixture, play, START, type LastfmFixture } from './lastfmFixture.ts';

let fixture: LastfmFixture;
beforeEach(async () => {
  fixture = await openLastfmFixture();
});
afterEach(() => fixture.sim.close());

describe('reading plays', () => {
  it('reads what was played, newest first, with all that the source says', async () => {
    fixture.sim.love('marée lente', 'MARRAM');
    const page = await fixture.client().recentPlays({});
    expect(page).toMatchObject({ user: 'ligeia', page: 1, totalPages: 1, total: 3, nowPlaying: null });
    expect(page.plays.map(({ playedAt, title, album, loved }) => ({ playedAt, title, album, loved }))).toEqual([
      { playedAt: START + 600, title: 'Quai n° 7', album: undefined, loved: false },
      { playedAt: START + 300, title: 'Marram', album: 'Tidewater Sessions', loved: true },
      { playedAt: START, title: 'Slack Water', album: 'Tidewater Sessions', loved: false },
    ]);
    expect(page.plays[0]).toMatchObject({
      artistUrl: 'https://www.last.fm/music/Mar%C3%A9e+Lente',
      trackUrl: 'https://www.last.fm/music/Mar%C3%A9e+Lente/_/Quai+n%C2%B0+7',
      raw: { name: 'Quai n° 7', date: { uts: String(START + 600) } },
    });
  });

  it('takes the star for no picture and a cover for one', async () => {
    expect((await fixture.client().recentPlays({})).plays.map(({ imageUrl }) => imageUrl)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    await fixture.restart({ history: [play(0)], coverOf: () => 'c22.svg' });
    expect((await fixture.client().recentPlays({})).plays[0]?.imageUrl).toBe(
      new URL('/i/u/300x300/c22.jpg', fixture.sim.url).href,
    );
  });

  it('reads a list of one, which comes as an object, and an empty one', async () => {
    const lastfm = fixture.client();
    expect((await lastfm.recentPlays({ from: START + 600 })).plays).toHaveLength(1);
    expect(await lastfm.recentPlays({ from: START + 601 })).toMatchObject({ plays: [], total: 0, totalPages: 0 });
  });

  it('includes `from` and excludes `to`', async () => {
    const { plays } = await fixture.client().recentPlays({ from: START, to: START + 600 });
    expect(plays.map(({ playedAt }) => playedAt)).toEqual([START + 300, START]);
  });

  it('never takes what is sounding for a play, on any page, and counts it beside the limit', async () => {
    fixture.sim.setNowPlaying({ artist: 'Kombinat 7', title: 'Relais', album: 'Nine Small Engines' });
    const lastfm = fixture.client();
    for (const page of [1, 2, 3, 4]) {
      const answer = await lastfm.recentPlays({ page, limit: 1 });
      expect(answer.plays).toHaveLength(page <= 3 ? 1 : 0);
      expect(answer.nowPlaying).toMatchObject({ artist: 'Kombinat 7', title: 'Relais', album: 'Nine Small Engines' });
    }
    fixture.sim.setNowPlaying(null);
    expect((await lastfm.recentPlays({})).nowPlaying).toBeNull();
  });

  it('reads the first track of a new account, which sounds and is the only element', async () => {
    await fixture.restart({ history: [] });
    fixture.sim.setNowPlaying({ artist: 'Kombinat 7', title: 'Relais' });
    expect(await fixture.client().recentPlays({})).toMatchObject({
      plays: [],
      total: 0,
      nowPlaying: { title: 'Relais', album: undefined },
    });
  });

  it('shows how pages shift while the person listens, and that a fixed window does not', async () => {
    const lastfm = fixture.client();
    const to = START + 601;
    const [first, fixed] = [await lastfm.recentPlays({ limit: 1 }), await lastfm.recentPlays({ limit: 1, to })];
    fixture.sim.scrobble(play(900, { title: 'Causeway' }));
    const [second, fixedSecond] = [
      await lastfm.recentPlays({ limit: 1, page: 2 }),
      await lastfm.recentPlays({ limit: 1, page: 2, to }),
    ];
    expect([first.plays[0]?.title, second.plays[0]?.title]).toEqual(['Quai n° 7', 'Quai n° 7']);
    expect([fixed.plays[0]?.title, fixedSecond.plays[0]?.title]).toEqual(['Quai n° 7', 'Marram']);
  });

  it('distinguishes two plays of one second, a correction and a deletion as the source shows them', async () => {
    fixture.sim.scrobble(play(0, { title: 'Causeway' }));
    expect(fixture.sim.scrobble(play(0, { title: 'Causeway' }))).toBe(false);
    fixture.sim.correctPlay(play(300, { title: 'Marram' }), { title: 'Marram (Take 2)' });
    fixture.sim.deletePlay(play(600, { title: 'Quai n° 7' }));
    const { plays } = await fixture.client().recentPlays({});
    expect(plays.map(({ playedAt, title }) => [playedAt - START, title])).toEqual([
      [300, 'Marram (Take 2)'],
      [0, 'Causeway'],
      [0, 'Slack Water'],
    ]);
  });

  it('reads loved tracks, latest first, and who the person is', async () => {
    fixture.sim.love('Marée Lente', 'Slack Water');
    const lastfm = fixture.client();
    expect(await lastfm.lovedTracks(1)).toMatchObject({
      user: 'ligeia',
      total: 1,
      tracks: [{ artist: 'Marée Lente', title: 'Slack Water' }],
    });
    expect(await lastfm.profile()).toEqual({ name: 'ligeia', playCount: 3, registeredAt: START });
  });

  it('pages through a hundred thousand plays and finds each once', async () => {
    const many = Array.from({ length: 105_000 }, (_, position) => play(position * 60, { title: `Take ${position}` }));
    await fixture.restart({ history: many.reverse() });
    const lastfm = fixture.client();
    const seen = new Set<number>();
    const { totalPages } = await lastfm.recentPlays({});
    expect(totalPages).toBe(525);
    for (let page = 1; page <= totalPages; page += 25) {
      for (const { playedAt } of (await lastfm.recentPlays({ page })).plays) seen.add(playedAt);
    }
    expect(seen.size).toBe(21 * 200);
  });

  it('asks once a second at most', async () => {
    const lastfm = fixture.client();
    await Promise.all([lastfm.recentPlays({}), lastfm.lovedTracks(1), lastfm.profile()]);
    expect(fixture.clock.skipped).toBeGreaterThan(1_900);
  });
});

describe('a private history', () => {
  beforeEach(() => fixture.sim.setPrivate(true));

  it('is refused with a message without a session', async () => {
    const error = await failureOf(fixture.client().recentPlays({}));
    expect(error).toMatchObject({ kind: 'refused', code: 17 });
    expect(error.message).toContain('private');
    expect(fixture.failures).toHaveLength(1);
  });

  it('is read with the person’s own session, and no failure is reported', async () => {
    const lastfm = fixture.connected();
    const both = await Promise.all([lastfm.recentPlays({}), lastfm.recentPlays({})]);
    expect(both.map(({ plays }) => plays.length)).toEqual([3, 3]);
    expect((await lastfm.recentPlays({})).plays).toHaveLength(3);
    expect(fixture.failures).toEqual([]);
    expect(fixture.sim.requests).toHaveLength(5);
  });

  it('says that the account must be connected again once the session was revoked, until the history is public', async () => {
    fixture.sim.revokeSessions();
    const lastfm = fixture.connected();
    for (let times = 0; times < 3; times += 1) {
      expect(await failureOf(lastfm.recentPlays({}))).toMatchObject({ kind: 'refused', code: 9 });
    }
    fixture.sim.setPrivate(false);
    expect((await lastfm.recentPlays({})).plays).toHaveLength(3);
  });
});

describe('writing', () => {
  it('loves and unloves', async () => {
    const lastfm = fixture.connected();
    await lastfm.love({ artist: 'Hélio Braquet', title: 'Été & Cie = 100 %' });
    await lastfm.love({ artist: 'Hélio Braquet', title: 'Été & Cie = 100 %' });
    expect(fixture.sim.loved).toMatchObject([{ artist: 'Hélio Braquet', title: 'Été & Cie = 100 %' }]);
    await lastfm.unlove({ artist: 'hélio braquet', title: 'Été & Cie = 100 %' });
    expect(fixture.sim.loved).toEqual([]);
  });

  it('asks for a connection first, without asking Last.fm', async () => {
    const error = await failureOf(fixture.client().love({ artist: 'A', title: 'B' }));
    expect(error).toMatchObject({ kind: 'refused', code: 'not-configured' });
    expect(fixture.sim.requests).toHaveLength(0);
  });

  it('sends fifty plays at once and reports the result of each', async () => {
    const now = Math.floor(Date.now() / 1000);
    const batch = Array.from({ length: 50 }, (_, position) => ({
      playedAt: now - 60 * position,
      artist: 'Tala Wrenfield',
      title: `Nº ${position}`,
      album: 'Moth Season',
      durationSeconds: 30,
    }));
    batch[0]!.artist = '[unknown]';
    batch[1]!.playedAt = now - 30 * 86_400;
    batch[2]!.playedAt = now + 3 * 86_400;
    const outcomes = await fixture.connected().scrobble(batch);
    expect(outcomes).toHaveLength(50);
    expect(outcomes.slice(0, 4)).toEqual([
      { accepted: false, code: 1, reason: expect.stringContaining('artist') as unknown },
      { accepted: false, code: 3, reason: expect.stringContaining('long ago') as unknown },
      { accepted: false, code: 4, reason: expect.stringContaining('future') as unknown },
      { accepted: true },
    ]);
    expect(fixture.sim.plays).toHaveLength(3 + 47);
  });

  it('sends one play, and the same again without doubling it; and refuses more than fifty', async () => {
    const lastfm = fixture.connected();
    const one = { playedAt: Math.floor(Date.now() / 1000) - 60, artist: 'Ada Corvanne', title: 'Porcelaine' };
    expect(await lastfm.scrobble([one])).toEqual([{ accepted: true }]);
    expect(await lastfm.scrobble([one])).toEqual([{ accepted: true }]);
    expect(await lastfm.scrobble([])).toEqual([]);
    expect(fixture.sim.plays).toHaveLength(4);
    await expect(lastfm.scrobble(Array.from({ length: 51 }, () => one))).rejects.toThrow(RangeError);
  });
});

describe('connecting an account', () => {
  it('leads over the approval page to a session that can write', async () => {
    const approval = await fetch(fixture.client().authorizeUrl('http://localhost:8000/settings?tab=services'), {
      redirect: 'manual',
    });
    const back = new URL(approval.headers.get('location') ?? '');
    expect(back.searchParams.get('tab')).toBe('services');
    const { name, key } = await fixture.client().getSession(back.searchParams.get('token') ?? '');
    expect(name).toBe('ligeia');
    expect(String(key)).toBe('<hidden>');
    await fixture.client({ sessionKey: key }).love({ artist: 'Ada Corvanne', title: 'Porcelaine' });
    expect(fixture.sim.loved).toHaveLength(1);
  });

  it.each([
    ['not approved', { approved: false }, 14],
    ['expired', { expired: true }, 15],
  ])('refuses a token that is %s', async (_, state, code) => {
    expect(await failureOf(fixture.client().getSession(fixture.sim.issueToken(state)))).toMatchObject({
      kind: 'refused',
      code,
    });
  });

  it('refuses a token used twice, and a wrong secret', async () => {
    const token = fixture.sim.issueToken();
    await fixture.client().getSession(token);
    expect(await failureOf(fixture.client().getSession(token))).toMatchObject({ kind: 'refused', code: 4 });
    const wrong = fixture.client({ apiSecret: new Redacted('not the secret') });
    expect(await failureOf(wrong.getSession(fixture.sim.issueToken()))).toMatchObject({ kind: 'refused', code: 13 });
  });
});

describe('artists and albums', () => {
  it('reads an album’s address and covers, the largest first', async () => {
    await fixture.restart({ history: [play(0)], coverOf: () => 'c22.svg' });
    expect(await fixture.client().albumInfo('Marée Lente', 'Tidewater Sessions')).toEqual({
      artist: 'Marée Lente',
      name: 'Tidewater Sessions',
      url: 'https://www.last.fm/music/Mar%C3%A9e+Lente/Tidewater+Sessions',
      images: ['300x300', '174s', '64s', '34s'].map((size) => ({
        url: new URL(`/i/u/${size}/c22.jpg`, fixture.sim.url).href,
        width: Number.parseInt(size, 10),
        height: Number.parseInt(size, 10),
      })),
    });
  });

  it('reads an artist’s address and no picture, since Last.fm has none', async () => {
    expect(await fixture.client().artistInfo('Marée Lente')).toMatchObject({
      url: 'https://www.last.fm/music/Mar%C3%A9e+Lente',
      images: [],
    });
  });

  it('reports that Last.fm has no such thing', async () => {
    expect(await fixture.client().albumInfo('Nobody', 'Nothing')).toBeNull();
    expect(await fixture.client().artistInfo('Nobody')).toBeNull();
  });
});
