import { FOLD_VERSION } from '#shared/matching/fold.ts';
import { DISPLAY_VERSION, IDENTITY_VERSION } from '#shared/matching/identity.ts';
import { TERMS_VERSION } from '#shared/matching/searchTerms.ts';
import { SORT_NAME_VERSION } from '#shared/matching/sortName.ts';
import { INDEX_VERSION } from '../search/searchIndex.ts';

/**
 * Everything a library stores that a rule made of something else it stores, with the versions of the rules that make it today. A
 * library whose keys were made by others makes them anew when it is opened: those that decide which is which before anybody reads or
 * writes by them (identity.ts), those by which things are only ordered and found while it is served (served.ts).
 */
export const derivedKeys = {
  /** `artists.name_key`, `artist_aliases.name_key`, `albums.title_key`, `tracks.title_key` and whatever is stored under one of these. */
  identity: version(IDENTITY_VERSION),
  /** `artists.sort_name`. */
  'sort-name': version(SORT_NAME_VERSION, DISPLAY_VERSION),
  /** `search_artists`, `search_albums`, `search_tracks`, `search_playlists`. */
  search: version(INDEX_VERSION, FOLD_VERSION, TERMS_VERSION, DISPLAY_VERSION, IDENTITY_VERSION),
};

export type DerivedKey = keyof typeof derivedKeys;

function version(...rules: number[]): string {
  return rules.join('.');
}
