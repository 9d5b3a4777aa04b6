import { formatName } from '../../formatName.ts';

/**
 * A copy's format in two columns, in the reader's language, nothing said twice: what it is on, and what else there is to say of it.
 * "2 × Vinyl, LP" is "2 × Vinyl" and "LP"; one of several carriers is told whole, beside the support.
 */
export function formatLines(format: string | null, support: string): [carrier: string, rest: string] {
  if (format === null) return [support, ''];
  if (format.includes(' + ')) return [support, formatName(format)];
  const [carrier = '', ...rest] = formatName(format).split(', ');
  return [carrier, rest.join(', ')];
}
