import * as v from 'valibot';
import { httpUrl, onOrOff, text } from '#server/kit/settingDefinition.ts';
import { musicbrainz as shared } from '#shared/upstreams/musicbrainz.ts';
import { defineUpstream } from '../upstream.ts';

export interface MusicBrainzSettings {
  /** The web service: https://musicbrainz.org/ws/2 */
  url: string;
  /** The Cover Art Archive: https://coverartarchive.org */
  coverArtUrl: string;
  /** An e-mail address or a page: MusicBrainz refuses programs nobody can be asked about. */
  contact: string;
}

export const MUSICBRAINZ = shared.name;

export const musicbrainz = defineUpstream({
  settings: {
    /**
     * MusicBrainz wants to know whom it can write to about a program: an e-mail address or a page. It is asked nothing until a person
     * has said so: an address made up would be a lie, and be blocked.
     */
    contact: {
      env: 'AIME_CONTACT',
      schema: v.pipe(
        text,
        v.maxLength(200),
        v.regex(/^(?:[^\s@()]+@[^\s@()]+\.[^\s@()]+|https?:\/\/[^\s()]+)$/i, 'an e-mail address or a web page'),
      ),
      refusal: { code: 'setting-contact' },
      inApp: true,
    },
    'musicbrainz.lookups': { schema: onOrOff, fallback: true, inApp: true },
    'musicbrainz.url': { env: 'MUSICBRAINZ_URL', ...httpUrl, fallback: 'https://musicbrainz.org/ws/2' },
    'coverart.url': { env: 'COVERART_URL', ...httpUrl, fallback: 'https://coverartarchive.org' },
  },
  pictureOrigins: ['musicbrainz.url', 'coverart.url'],
  // The Cover Art Archive leads on to the Internet Archive's machines.
  pictureHosts: ['coverartarchive.org', 'archive.org', '*.archive.org', '*.us.archive.org'],
});
