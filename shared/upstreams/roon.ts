import type { SharedUpstream } from './upstream.ts';

export const roon = {
  name: 'Roon',
  kind: 'plays',
  looksUp: false,
  fields: [
    { setting: 'roon.host', hint: true },
    { setting: 'roon.port', number: true },
  ],
  listens: { position: 1, measures: true, creditsJoinedBy: ' / ' },
  nowPlaying: 'zones',
  images: { position: 4, owned: 4, heard: 4, local: true },
} as const satisfies SharedUpstream;
