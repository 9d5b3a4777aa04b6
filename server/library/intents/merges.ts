import { mergeAlbums, splitAlbum } from '../catalogue/mergeAlbums.ts';
import { mergeArtists, splitArtist } from '../catalogue/mergeArtists.ts';
import type { Handlers } from './handler.ts';
import { albumNamedBy, artistNamedBy, refuse } from './targets.ts';

/** A person's word that two albums or artists are one, or are not. */
export const merges: Handlers<'merge-albums' | 'split-album' | 'merge-artists' | 'split-artist'> = {
  'merge-albums'(core, { from, into }) {
    mergeAlbums(core, albumNamedBy(core, from), albumNamedBy(core, into), { byHand: true, reason: 'Merged by hand.' });
    return { seenIn: 'albums' };
  },
  'split-album'(core, { from, into }) {
    const split = splitAlbum(core, Number(from), albumNamedBy(core, into));
    if (!split) refuse('not-merged', 'This album was not merged, or was taken out already.');
    return { seenIn: 'albums', created: from };
  },
  'merge-artists'(core, { from, into }) {
    mergeArtists(core, artistNamedBy(core, from), artistNamedBy(core, into));
    return { seenIn: 'artists' };
  },
  'split-artist'(core, { from, into }) {
    const split = splitArtist(core, Number(from), artistNamedBy(core, into));
    if (!split) refuse('not-merged', 'This artist was not merged, or was taken out already.');
    return { seenIn: 'artists', created: from };
  },
};
