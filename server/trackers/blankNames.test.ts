import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { looseText } from '#server/kit/http/responseSchema.ts';
import { itemOf } from './roonListening/item.ts';
import { name, optionalText } from '../upstreams/lastfm/schema/parts.ts';
import { readZones } from '../upstreams/roon/schema.ts';

/** What a name may consist of that nobody sees. */
const unseen = fc
  .array(fc.constantFrom(' ', '\u00a0', '\u200b', '\u200d', '\u200f', '\u3164', '\ufeff', '\u00ad'), { maxLength: 6 })
  .map((parts) => parts.join(''));

const zone = (line1: string, line2: string, length: number | null) => {
  const lines = { line1, line2, line3: '' };
  return readZones({
    zones: [
      {
        zone_id: 'z',
        display_name: line1,
        state: 'playing',
        now_playing: { seek_position: 0, length, image_key: null, one_line: lines, two_line: lines, three_line: lines },
      },
    ],
  })[0]!;
};

test('of no service is a name taken that nobody sees', () => {
  fc.assert(
    fc.property(unseen, (blank) => {
      // Last.fm: the entry is set aside; what may be missing is missing.
      expect(v.safeParse(name, blank).success).toBe(false);
      expect(v.parse(optionalText, blank)).toBeUndefined();
      // Discogs, MusicBrainz, Spotify and EurIA read their names by this.
      expect(v.parse(looseText, blank)).toBe('');
      // Roon: no play, and the zone goes by its id.
      const { nowPlaying, name: called } = zone(blank, 'Hanna Vell', 200);
      expect(called).toBe('z');
      expect(itemOf(nowPlaying, { radio: true })).toBeNull();
      expect(itemOf(zone(`Hanna Vell - ${blank}`, '', null).nowPlaying, { radio: true })).toBeNull();
      expect(itemOf(zone(`${blank} - Kar Kar`, '', null).nowPlaying, { radio: true })).toBeNull();
    }),
  );
});

test('a name of signs alone is one', () => {
  for (const text of ['!!!', '₊˚', '😀', '…']) {
    expect(v.parse(name, text)).toBe(text);
    expect(v.parse(looseText, text)).toBe(text);
    expect(itemOf(zone(text, 'Hanna Vell', 200).nowPlaying, { radio: false })?.title).toBe(text);
  }
});
