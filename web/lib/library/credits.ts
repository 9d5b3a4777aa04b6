import type { Credit } from '#shared/library/track.ts';

/** Names as printed, each with whose it is and what follows it: "Nina Simone", " & "; "Her Trio", "". */
export function creditParts(credits: readonly Credit[]): { id: string; name: string; after: string }[] {
  return credits.map(({ id, name, creditedAs, join }, index) => {
    if (index === credits.length - 1) return { id, name: creditedAs ?? name, after: '' };
    return { id, name: creditedAs ?? name, after: join === undefined || join === ',' ? ', ' : ` ${join} ` };
  });
}

/** Names as printed, with what stands between them: "Nina Simone & Her Trio", "A, B". */
export const creditLine = (credits: readonly Credit[]): string =>
  creditParts(credits)
    .map(({ name, after }) => name + after)
    .join('');
