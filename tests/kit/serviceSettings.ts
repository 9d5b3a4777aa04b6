/** A server's settings that have it follow a simulated Last.fm each second, as Ada, who is not signed in there. */
export const followsLastfm = ({ url }: { url: string }) => ({
  LASTFM_URL: url,
  LASTFM_API_KEY: 'key',
  LASTFM_USERNAME: 'ada',
  LASTFM_POLL_SECONDS: '1',
  LASTFM_REQUESTS_PER_MINUTE: '60000',
});

/** The same with her session, so that loves and scrobbles are sent there too. */
export const signedInToLastfm = (lastfm: { url: string }) => ({
  ...followsLastfm(lastfm),
  LASTFM_API_SECRET: 'secret',
  LASTFM_SESSION_KEY: 'session',
});

/** Those that have it look up covers and years at a simulated Spotify. */
export const asksSpotify = (spotify: {
  apiUrl: string;
  accountsUrl: string;
  clientId: string;
  clientSecret: string;
}) => ({
  SPOTIFY_API_URL: spotify.apiUrl,
  SPOTIFY_ACCOUNTS_URL: spotify.accountsUrl,
  SPOTIFY_CLIENT_ID: spotify.clientId,
  SPOTIFY_CLIENT_SECRET: spotify.clientSecret,
});

/** Those that have texts written by a simulated Euria. */
export const asksEuria = (euria: { url: string; token: string }) => ({
  EURIA_URL: euria.url,
  EURIA_TOKEN: euria.token,
  EURIA_MODEL: 'mistralai/Mistral-Small-4-119B-2603',
});
