import type { SharedUpstream } from './upstream.ts';

export const lastfm = {
  name: 'Last.fm',
  kind: 'plays',
  looksUp: false,
  fields: [
    { setting: 'lastfm.username', atStart: true },
    { setting: 'lastfm.apiKey', atStart: true },
    { setting: 'lastfm.apiSecret', hint: true },
  ],
  keysAt: 'https://www.last.fm/api/account/create',
  testable: true,
  account: { needs: ['lastfm.apiSecret'] },
  listens: { position: 0, keyedByNames: true },
  nowPlaying: 'account',
  images: { position: 2, owned: 5, heard: 5 },
} as const satisfies SharedUpstream;
