import { mergeAlbums as merge } from '../curation/mergeAlbums.ts';
import { splitAlbum as split } from '../curation/unmerge.ts';
import { albumGoneAlongWith, isBareMerge } from '../curation/unmergeAlbums.ts';
import type { Core } from '../core.ts';
import type { MutationHandler } from './definition.ts';
import { albumNamedBy, refuse, UNKNOWN_MERGE } from './targets.ts';

const isRelease = (core: Core, id: number): boolean =>
  core.db.get('SELECT 1 FROM albums WHERE id = ? AND discogs_id IS NOT NULL', id) !== undefined;

/** A person's decision that two albums are one. */
export const mergeAlbums: MutationHandler<'merge-albums'> = {
  retarget: (mutation, resolver) => ({
    ...mutation,
    from: resolver.album(mutation.from),
    into: resolver.album(mutation.into),
  }),
  apply(core, { from, into }) {
    const [one, other] = [albumNamedBy(core, from), albumNamedBy(core, into)];
    if (one !== other && isRelease(core, one) && isRelease(core, other)) {
      refuse(
        'two-releases',
        'Both are releases on your shelf or wantlist, so they stay two albums; plays of pressings of one work are summed anyway.',
      );
    }
    merge(core, one, other, { isManual: true, reason: 'by-hand' });
    return { seenIn: 'albums' };
  },
};

/** A person's decision that they are not. */
export const splitAlbum: MutationHandler<'split-album'> = {
  retarget(mutation, resolver) {
    const into = resolver.album(mutation.into);
    return { ...mutation, into, from: resolver.formerAlbum(mutation.from, into) };
  },
  apply(core, { from, into }) {
    const named = albumNamedBy(core, into);
    const mergedInto = albumGoneAlongWith(core, Number(from), named) ?? named;
    if (isBareMerge(core, Number(from), mergedInto)) refuse('merge-unknown', UNKNOWN_MERGE);
    if (!split(core, Number(from), mergedInto))
      refuse('not-merged', 'This album was not merged, or was taken out already.');
    return { seenIn: 'albums', created: from };
  },
};
