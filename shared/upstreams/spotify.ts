import type { SharedUpstream } from './upstream.ts';

export const spotify = {
  name: 'Spotify',
  kind: 'lookups',
  looksUp: true,
  fields: [{ setting: 'spotify.clientId' }, { setting: 'spotify.clientSecret' }],
  keysAt: 'https://developer.spotify.com/dashboard',
} as const satisfies SharedUpstream;
