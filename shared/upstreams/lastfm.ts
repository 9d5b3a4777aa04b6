import type { SharedUpstream } from './upstream.ts';

export const lastfm = {
  name: 'Last.fm',
  kind: 'plays',
  looksUp: false,
  fields: [{ setting: 'lastfm.username' }, { setting: 'lastfm.apiKey' }, { setting: 'lastfm.apiSecret', hint: true }],
  keysAt: 'https://www.last.fm/api/account/create',
} as const satisfies SharedUpstream;
