import type { SharedUpstream } from './upstream.ts';

export const musicbrainz = {
  name: 'MusicBrainz',
  kind: 'lookups',
  looksUp: true,
  fields: [{ setting: 'contact', hint: true, atStart: true }],
  testable: true,
  switchedBy: 'musicbrainz.lookups',
  // Its releases lead to the pictures of the Cover Art Archive.
  images: { position: 3, source: 'coverartarchive', owned: 2, heard: 2 },
} as const satisfies SharedUpstream;
