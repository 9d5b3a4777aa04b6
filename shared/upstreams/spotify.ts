import type { SharedUpstream } from './upstream.ts';

export const spotify = {
  name: 'Spotify',
  kind: 'lookups',
  looksUp: true,
  fields: [{ setting: 'spotify.clientId' }, { setting: 'spotify.clientSecret' }],
  keysAt: 'https://developer.spotify.com/dashboard',
  testable: true,
  images: { position: 1, owned: 3, heard: 1 },
} as const satisfies SharedUpstream;
