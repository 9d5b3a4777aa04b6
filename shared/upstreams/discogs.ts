import type { SharedUpstream } from './upstream.ts';

export const discogs = {
  name: 'Discogs',
  kind: 'collection',
  looksUp: true,
  fields: [
    { setting: 'discogs.username', hint: true, atStart: true },
    { setting: 'discogs.token', atStart: true },
    { setting: 'discogs.consumerKey', hint: true },
    { setting: 'discogs.consumerSecret' },
  ],
  keysAt: 'https://www.discogs.com/settings/developers',
  testable: true,
  account: { needs: ['discogs.consumerKey', 'discogs.consumerSecret'] },
  images: { position: 0, owned: 1, heard: 3 },
} as const satisfies SharedUpstream;
