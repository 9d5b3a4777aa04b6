import { describe, expect, it } from 'vitest';
import { catalogue, findRecord, shelf } from '#tests/simulators/catalogue/catalogue.ts';
import { coverPicture } from '#tests/simulators/catalogue/covers.ts';
import { inventListener, keepPlaying } from '#tests/simulators/lastfm/listener.ts';
import type { SimulatedPlay, SimulatedTrack } from '#tests/simulators/lastfm/playHistory.ts';

const UNTIL = 1_790_000_000;

describe('the invented catalogue', () => {
  it('names each record once and each track of a record once, with a length', () => {
    expect(new Set(catalogue.map(({ artist, title }) => `${artist}\n${title}`)).size).toBe(catalogue.length);
    for (const { title, tracks, year } of catalogue) {
      expect(new Set(tracks.map((track) => track.title)).size, title).toBe(tracks.length);
      for (const { seconds } of tracks) expect(seconds).toBeGreaterThan(30);
      expect(year).toBeGreaterThan(1950);
    }
  });

  it('has a picture for each record that says so', async () => {
    const drawn = shelf.flatMap(({ cover }) => cover ?? []);
    expect(new Set(drawn).size).toBe(56);
    for (const cover of drawn)
      expect((await coverPicture(cover, 34)).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    expect(() => coverPicture('../../package.json', 34)).toThrow('no cover');
    expect(findRecord('marée lente', 'TIDEWATER SESSIONS')?.cover).toBe('c22.svg');
  });
});

describe('the invented listener', () => {
  const listener = inventListener({ until: UNTIL, years: 2, seed: 4 });

  it('is the same person for the same seed, and another for another', () => {
    expect(inventListener({ until: UNTIL, years: 2, seed: 4 })).toEqual(listener);
    expect(inventListener({ until: UNTIL, years: 2, seed: 5 }).plays).not.toEqual(listener.plays);
  });

  it('plays one track after another, all of them before now, for two years', () => {
    const { plays } = listener;
    expect(plays.length).toBeGreaterThan(10_000);
    for (const [position, { playedAt, durationSeconds }] of plays.entries()) {
      expect(playedAt + durationSeconds!).toBeLessThanOrEqual(plays[position + 1]?.playedAt ?? UNTIL);
    }
    expect(plays.at(-1)!.playedAt - plays[0]!.playedAt).toBeGreaterThan(1.9 * 365 * 86_400);
  });

  it('has what a real history has: plays without album, guests, other alphabets, favourites, quiet nights', () => {
    const { plays, loved } = listener;
    const share = (has: (play: SimulatedPlay) => boolean) => plays.filter(has).length / plays.length;
    expect(share(({ album }) => album === undefined)).toBeGreaterThan(0.02);
    expect(share(({ artist }) => artist.includes('feat.'))).toBeGreaterThan(0);
    expect(share(({ artist }) => /[^\p{Script=Latin}\P{L}]/u.test(artist))).toBeGreaterThan(0);
    expect(share(({ playedAt }) => new Date(playedAt * 1000).getUTCHours() < 4)).toBeLessThan(0.02);
    expect(loved.length).toBeGreaterThan(20);
    for (const { artist, title } of loved)
      expect(plays.filter((play) => play.artist === artist && play.title === title).length).toBeGreaterThan(7);
  });
});

describe('listening on', () => {
  it('says what is playing, scrobbles it at its end with the moment it began, and falls silent when stopped', async () => {
    const heard: SimulatedPlay[] = [];
    const sounded: (SimulatedTrack | null)[] = [];
    const began = Math.floor(Date.now() / 1000);
    const sim = {
      setNowPlaying: (track: SimulatedTrack | null) => void sounded.push(track),
      scrobble: (play: SimulatedPlay) => heard.push(play) > 0,
    };
    await new Promise<void>((resolve) => {
      const playing = keepPlaying(sim, {
        seconds: [0.001, 0.002],
        pauseSeconds: [0.001, 0.002],
        seed: 3,
        onScrobble: () => {
          if (heard.length === 30) void playing.stop().then(resolve);
        },
      });
    });
    expect(heard).toHaveLength(30);
    expect(heard.map(({ artist, title }) => [artist, title])).toEqual(
      sounded.flatMap((track) => (track ? [[track.artist, track.title]] : [])).slice(0, 30),
    );
    expect(sounded.at(-1)).toBeNull();
    for (const { playedAt, artist, album } of heard) {
      expect(playedAt).toBeGreaterThanOrEqual(began);
      expect(findRecord(artist, album!) ?? catalogue.find(({ title }) => title === album)).toBeDefined();
    }
  });
});
