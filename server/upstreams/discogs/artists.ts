import * as v from 'valibot';
import { boundedText, looseList, looseText, wholeOrNull } from '#server/kit/http/responseSchema.ts';
import { displayName } from '#shared/matching/identity.ts';

/** One artist in a credit, in the order printed. */
export interface CreditedArtist {
  /** Discogs' id; null where an old answer carries none. 194 is "Various". */
  id: number | null;
  /** As Discogs has it, with the " (2)" that distinguishes namesakes. For storage, never for display. */
  name: string;
  /** As printed on this release (Discogs' name variation), else the name without its number. */
  creditedAs: string;
  /** What stands between this artist and the next: ",", "&", "Featuring"; '' after the last. */
  join: string;
}

const ArtistSchema = v.pipe(
  v.object({
    id: v.optional(wholeOrNull),
    name: v.pipe(looseText, v.nonEmpty()),
    anv: v.optional(looseText),
    join: v.optional(looseText),
  }),
  v.transform(({ id, name, anv, join }): CreditedArtist => {
    return { id: id || null, name, creditedAs: anv || displayName(name), join: join ?? '' };
  }),
);

/** The last artist's join leads nowhere: Discogs often leaves a stray comma there. */
export const Artists = v.pipe(
  looseList(ArtistSchema),
  v.transform((artists) => artists.map((artist, at) => (at === artists.length - 1 ? { ...artist, join: '' } : artist))),
);

/**
 * The credit as one line: each join after its artist, no space before a comma. Two artists without a join get a comma.
 * "Madvillain, MF Doom & Madlib".
 */
export function creditLine(artists: readonly CreditedArtist[]): string {
  const line = artists
    .map(({ creditedAs, join }, at) => {
      if (at === artists.length - 1) return creditedAs;
      if (join === '') return `${creditedAs}, `;
      return `${creditedAs}${join.startsWith(',') ? '' : ' '}${join} `;
    })
    .join('');
  return boundedText(line);
}
