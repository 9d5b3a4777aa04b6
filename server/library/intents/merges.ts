import { albumGoneAlongWith, isBareMerge } from '../curation/unmergeAlbums.ts';
import { mergeAlbums } from '../curation/mergeAlbums.ts';
import { artistGoneAlongWith, isBareArtistMerge } from '../curation/unmergeArtists.ts';
import { mergeArtists } from '../curation/mergeArtists.ts';
import { splitAlbum, splitArtist } from '../curation/unmerge.ts';
import type { Core } from '../core.ts';
import type { Handlers } from './handler.ts';
import { albumNamedBy, artistNamedBy, refuse } from './targets.ts';

const isRelease = (core: Core, id: number): boolean =>
  core.db.get('SELECT 1 FROM albums WHERE id = ? AND discogs_id IS NOT NULL', id) !== undefined;

const UNKNOWN_MERGE =
  'They became one before the library was brought back from a device, and what belonged to which is not known any more.';

/** A person's word that two albums or artists are one, or are not. */
export const merges: Handlers<'merge-albums' | 'split-album' | 'merge-artists' | 'split-artist'> = {
  'merge-albums'(core, { from, into }) {
    const [one, other] = [albumNamedBy(core, from), albumNamedBy(core, into)];
    if (one !== other && isRelease(core, one) && isRelease(core, other)) {
      refuse(
        'two-releases',
        'Both are releases on your shelf or wantlist, so they stay two albums; plays of pressings of one work are summed anyway.',
      );
    }
    mergeAlbums(core, one, other, { byHand: true, reason: 'by-hand' });
    return { seenIn: 'albums' };
  },
  'split-album'(core, { from, into }) {
    const named = albumNamedBy(core, into);
    const heir = albumGoneAlongWith(core, Number(from), named) ?? named;
    if (isBareMerge(core, Number(from), heir)) refuse('merge-unknown', UNKNOWN_MERGE);
    const split = splitAlbum(core, Number(from), heir);
    if (!split) refuse('not-merged', 'This album was not merged, or was taken out already.');
    return { seenIn: 'albums', created: from };
  },
  'merge-artists'(core, { from, into }) {
    mergeArtists(core, artistNamedBy(core, from), artistNamedBy(core, into));
    return { seenIn: 'artists' };
  },
  'split-artist'(core, { from, into }) {
    const named = artistNamedBy(core, into);
    const heir = artistGoneAlongWith(core, Number(from), named) ?? named;
    if (isBareArtistMerge(core, Number(from), heir)) refuse('merge-unknown', UNKNOWN_MERGE);
    const split = splitArtist(core, Number(from), heir);
    if (!split) refuse('not-merged', 'This artist was not merged, or was taken out already.');
    return { seenIn: 'artists', created: from };
  },
};
