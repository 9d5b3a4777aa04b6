import { setTimeout as sleep } from 'node:timers/promises';
import { shelf, catalogue, findRecord } from './catalogue/catalogue.ts';
import { DEMO_PORTS, demandFreePorts } from './demoPorts.ts';
import { startDiscogsSimulator } from './discogs/index.ts';
import { startEuriaSimulator } from './euria/index.ts';
import { keepPlaying } from './lastfm/keepPlaying.ts';
import { inventListener } from './lastfm/listener.ts';
import type { SimulatedPlay } from './lastfm/playHistory.ts';
import { startLastfmSimulator } from './lastfm/simulator.ts';
import { startMusicBrainzSimulator } from './musicbrainz/index.ts';
import { keepZonesPlaying, SimulatedCore } from './roon/index.ts';
import { startSpotifySimulator } from './spotify/index.ts';
import { asksEuria, asksSpotify } from '#tests/kit/serviceSettings.ts';

export interface DemoServices {
  /** Names and values for the server's environment. */
  environment: Record<string, string>;
  close(): Promise<void>;
}

const API_KEY = 'demo-lastfm-key';
const API_SECRET = 'demo-lastfm-secret';
const SESSION_KEY = 'demo-lastfm-session';

export interface DemoPast {
  /** When the household was first invented, seconds since the epoch: its history ends there and goes on from there. */
  begun: number;
  /** What it played since, in earlier runs. */
  played: readonly SimulatedPlay[];
  onScrobble: (play: SimulatedPlay) => void;
  /** For a household that lasts no longer than its library: any free ports, beside others of its kind. */
  passing?: boolean;
  /** How many days its history goes back. Default: all two years. */
  days?: number;
}

/** One record came about every ten weeks over the years; the newest this month. */
const BETWEEN_RECORDS = 70 * 86_400;

/** A whole invented household: a listener with two years of history who goes on playing, a collection, covers and words. @throws {DemoPortTaken} */
export async function startDemoServices({
  begun,
  played,
  onScrobble,
  passing = false,
  days = Infinity,
}: DemoPast): Promise<DemoServices> {
  const port = (service: keyof typeof DEMO_PORTS) => (passing ? 0 : DEMO_PORTS[service]);
  if (!passing) await demandFreePorts();
  const listener = inventListener({ until: begun });
  const [lastfm, discogs, spotify, euria, musicbrainz, roon] = await Promise.all([
    startLastfmSimulator({
      port: port('lastfm'),
      apiKey: API_KEY,
      secret: API_SECRET,
      user: 'basalte_14',
      sessionKey: SESSION_KEY,
      history: [...listener.plays.filter(({ playedAt }) => playedAt > begun - days * 86_400), ...played],
      loved: listener.loved,
      coverOf: (artist, album) => findRecord(artist, album)?.cover,
    }),
    startDiscogsSimulator({ port: port('discogs'), owned: shelf, wants: 6, requestsPerMinute: 6_000 }),
    startSpotifySimulator({ port: port('spotify'), knows: catalogue }),
    startEuriaSimulator({
      port: port('euria'),
      catalogue,
      beforePiece: () => sleep(25, undefined, { ref: false }),
      requestsPerMinute: 600,
    }),
    startMusicBrainzSimulator({ port: port('musicbrainz'), knows: catalogue, intervalMs: 0 }),
    SimulatedCore.start({ port: port('roon'), id: 'demo-core', name: 'Rock Basalte', approved: true, speed: 1 }),
  ]);
  [...discogs.copies]
    .reverse()
    .forEach((copy, index) =>
      discogs.edit(copy.instanceId, { copy: { dateAdded: begun - 86_400 - index * BETWEEN_RECORDS } }),
    );
  const playing = keepPlaying(lastfm, { onScrobble });
  const zones = keepZonesPlaying(roon, {
    zones: ['Salon', 'Bureau'],
    scrobbles: {
      zone: 'Salon',
      to(play) {
        lastfm.scrobble(play);
        onScrobble(play);
      },
    },
  });
  return {
    environment: {
      LASTFM_URL: lastfm.url,
      LASTFM_AUTH_URL: lastfm.authUrl,
      LASTFM_API_KEY: API_KEY,
      LASTFM_API_SECRET: API_SECRET,
      LASTFM_SESSION_KEY: SESSION_KEY,
      LASTFM_USERNAME: lastfm.user,
      LASTFM_POLL_SECONDS: '5',
      LASTFM_REQUESTS_PER_MINUTE: '1200',
      DISCOGS_URL: discogs.url,
      DISCOGS_AUTHORIZE_URL: discogs.authorizeUrl,
      DISCOGS_TOKEN: discogs.token,
      ...asksSpotify(spotify),
      ...asksEuria(euria),
      MUSICBRAINZ_URL: musicbrainz.url,
      COVERART_URL: musicbrainz.coverArtUrl,
      AIME_CONTACT: 'demo@example.org',
      ROON_HOST: roon.host,
      ROON_PORT: String(roon.port),
    },
    async close() {
      await Promise.all([playing.stop(), zones.stop()]);
      await Promise.all([lastfm, discogs, spotify, euria, musicbrainz, roon].map((service) => service.close()));
    },
  };
}
