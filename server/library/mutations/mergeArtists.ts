import { mergeArtists as merge } from '../curation/mergeArtists.ts';
import { splitArtist as split } from '../curation/unmerge.ts';
import { artistGoneAlongWith, isBareArtistMerge } from '../curation/unmergeArtists.ts';
import type { MutationHandler } from './definition.ts';
import { artistNamedBy, refuse, UNKNOWN_MERGE } from './targets.ts';

/** A person's decision that two artists are one. */
export const mergeArtists: MutationHandler<'merge-artists'> = {
  retarget: (mutation, resolver) => ({
    ...mutation,
    from: resolver.artist(mutation.from),
    into: resolver.artist(mutation.into),
  }),
  apply(core, { from, into }) {
    merge(core, artistNamedBy(core, from), artistNamedBy(core, into));
    return { seenIn: 'artists' };
  },
};

/** A person's decision that they are not. */
export const splitArtist: MutationHandler<'split-artist'> = {
  retarget(mutation, resolver) {
    const into = resolver.artist(mutation.into);
    return { ...mutation, into, from: resolver.formerArtist(mutation.from, into) };
  },
  apply(core, { from, into }) {
    const named = artistNamedBy(core, into);
    const mergedInto = artistGoneAlongWith(core, Number(from), named) ?? named;
    if (isBareArtistMerge(core, Number(from), mergedInto)) refuse('merge-unknown', UNKNOWN_MERGE);
    if (!split(core, Number(from), mergedInto))
      refuse('not-merged', 'This artist was not merged, or was taken out already.');
    return { seenIn: 'artists', created: from };
  },
};
