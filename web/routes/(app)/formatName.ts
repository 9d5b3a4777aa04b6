import { lookUp } from '$lib/i18n/index.svelte.ts';

/** A format as Discogs describes it, "2 × Vinyl, LP, Reissue + CD", in the reader's language; what has no word of its own stays. */
export const formatName = (format: string): string =>
  format
    .split(/(, | \+ |\d+ × )/)
    .map((part) => lookUp(`format.${part.toLowerCase()}`) ?? part)
    .join('');
