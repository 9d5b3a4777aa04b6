import type { SharedUpstream } from './upstream.ts';

export const musicbrainz = {
  name: 'MusicBrainz',
  kind: 'lookups',
  looksUp: true,
  fields: [{ setting: 'contact', hint: true }],
} as const satisfies SharedUpstream;
