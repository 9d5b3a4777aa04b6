import { shelf, catalogue, findRecord } from './catalogue/catalogue.ts';
import { startDiscogsSimulator } from './discogs/index.ts';
import { startEuriaSimulator } from './euria/index.ts';
import { keepPlaying } from './lastfm/keepPlaying.ts';
import { inventListener } from './lastfm/listener.ts';
import { startLastfmSimulator } from './lastfm/simulator.ts';
import { startMusicBrainzSimulator } from './musicbrainz/index.ts';
import { startSpotifySimulator } from './spotify/index.ts';

export interface DemoServices {
  /** Names and values for the server's environment. */
  environment: Record<string, string>;
  close(): Promise<void>;
}

const API_KEY = 'demo-lastfm-key';
const API_SECRET = 'demo-lastfm-secret';
const SESSION_KEY = 'demo-lastfm-session';

/** A whole invented household: a listener with two years of history who goes on playing, a collection, covers and words. */
export async function startDemoServices(): Promise<DemoServices> {
  const listener = inventListener({ until: Math.floor(Date.now() / 1000) });
  const [lastfm, discogs, spotify, euria, musicbrainz] = await Promise.all([
    startLastfmSimulator({
      apiKey: API_KEY, secret: API_SECRET, user: 'basalte_14', sessionKey: SESSION_KEY, history: listener.plays, loved: listener.loved,
      coverOf: (artist, album) => findRecord(artist, album)?.cover,
    }),
    startDiscogsSimulator({ owned: shelf, wants: 6, requestsPerMinute: 6_000 }),
    startSpotifySimulator({ knows: catalogue }),
    startEuriaSimulator({ catalogue, pieceMs: 25, requestsPerMinute: 600 }),
    startMusicBrainzSimulator({ knows: catalogue, intervalMs: 0 }),
  ]);
  const playing = keepPlaying(lastfm);
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
      SPOTIFY_API_URL: spotify.apiUrl,
      SPOTIFY_ACCOUNTS_URL: spotify.accountsUrl,
      SPOTIFY_CLIENT_ID: spotify.clientId,
      SPOTIFY_CLIENT_SECRET: spotify.clientSecret,
      EURIA_URL: euria.url,
      EURIA_TOKEN: euria.token,
      EURIA_MODEL: 'mistralai/Mistral-Small-4-119B-2603',
      MUSICBRAINZ_URL: musicbrainz.url,
      COVERART_URL: musicbrainz.coverArtUrl,
    },
    async close() {
      await playing.stop();
      await Promise.all([lastfm, discogs, spotify, euria, musicbrainz].map((service) => service.close()));
    },
  };
}
