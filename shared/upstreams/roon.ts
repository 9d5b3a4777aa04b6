import type { SharedUpstream } from './upstream.ts';

export const roon = {
  name: 'Roon',
  kind: 'plays',
  looksUp: false,
  fields: [
    { setting: 'roon.host', hint: true },
    { setting: 'roon.port', number: true },
  ],
} as const satisfies SharedUpstream;
