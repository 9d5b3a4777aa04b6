import { formatName } from '../../formatName.ts';

/**
 * A copy's format in two columns, in the reader's language, nothing said twice: what it is on first, and what else there is to say of it.
 * "2 × Vinyl, LP" is "2 × Vinyl" and "LP", "Vinyl, LP + CD" is "Vinyl" and "LP + CD". Of a copy without a format its record's support is said.
 */
export function formatLines(format: string | null, support: string): [carrier: string, rest: string] {
  if (format === null) return [support, ''];
  const named = formatName(format);
  const end = /, | (?=\+ )/.exec(named);
  return end === null ? [named, ''] : [named.slice(0, end.index), named.slice(end.index + end[0].length)];
}
