import type { ArtistRelation } from './artists.ts';
import { relateArtists } from './artists.ts';
import { splitCredits } from './credits.ts';
import type { Judgement } from './judgement.ts';
import type { Verdict } from './reasons.ts';
import { sameSpelling, spellingOf } from './spelling.ts';

const VERDICTS: Record<ArtistRelation, Verdict> = {
  same: 'same',
  credited: 'unsure',
  close: 'unsure',
  various: 'unsure',
  'other-script': 'unsure',
  different: 'different',
};

/**
 * Whether two credits mean one artist. "A feat. B" is A; "A & B" may or may not be A; two names in scripts that cannot
 * be compared, or a letter apart, are left to a person. Aliases decided by hand are applied before.
 */
export function sameArtist(a: string, b: string): Judgement {
  const relation = relateArtists(a, b);
  const holder = relation === 'credited' && sameHolder(a, b);
  const verdict = holder ? 'same' : VERDICTS[relation];
  return { verdict, reasons: [{ code: `artist-${relation}`, weight: weightOf(verdict), a, b }] };
}

/** 1 speaks for the same, -1 against it. */
export function weightOf(verdict: Verdict): number {
  return verdict === 'same' ? 1 : verdict === 'different' ? -1 : 0;
}

function sameHolder(a: string, b: string): boolean {
  return sameSpelling(spellingOf(splitCredits(a).primary), spellingOf(splitCredits(b).primary));
}
