import { isCommonTitle, soundsLive } from './albumTitlePatterns.ts';
import { relateNames, relateVersions, titleForm } from './titles.ts';

/**
 * How the albums that two reports name relate: one title; one title in two editions; one a part of the other; a name
 * that says little; one is missing; two titles; two titles of which one is a concert's.
 */
export type AlbumRelation = 'same' | 'edition' | 'related' | 'common' | 'unknown' | 'different' | 'live-and-studio';

/** Compares two album titles alone; see `compareAlbums` for albums with their artists. */
export function relateAlbumTitles(a: string | undefined, b: string | undefined): AlbumRelation {
  if (a === undefined || b === undefined || a.trim() === '' || b.trim() === '') return 'unknown';
  const one = titleForm(a);
  const other = titleForm(b);
  const names = relateNames(one, other);
  if (names === 'part' || names === 'close' || names === 'number-missing') return 'related';
  if (names === 'other-script') return 'unknown';
  if (names === 'different') return soundsLive(a) === soundsLive(b) ? 'different' : 'live-and-studio';
  if (isCommonTitle(a)) return 'common';
  const versions = relateVersions(one, other);
  return versions === 'same' ? 'same' : versions === 'dress' ? 'edition' : 'related';
}
