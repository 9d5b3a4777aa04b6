import type { Credit } from '#shared/library/track.ts';

/** Names as printed, with what stands between them: "Nina Simone & Her Trio", "A, B". */
export function creditLine(credits: readonly Credit[]): string {
  let line = '';
  credits.forEach(({ name, creditedAs, join }, index) => {
    line += creditedAs ?? name;
    if (index < credits.length - 1) line += join === undefined || join === ',' ? ', ' : ` ${join} `;
  });
  return line;
}
