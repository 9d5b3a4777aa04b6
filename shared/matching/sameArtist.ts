import type { ArtistRelation } from './artists.ts';
import { relateArtists } from './artists.ts';
import { splitCredits } from './credits.ts';
import type { MatchResult } from './matchResult.ts';
import type { MatchDecision } from './reasons.ts';
import { sameSpelling, spellingOf } from './spelling.ts';

const DECISIONS: Record<ArtistRelation, MatchDecision> = {
  same: 'same',
  credited: 'unsure',
  close: 'unsure',
  various: 'unsure',
  'other-script': 'unsure',
  different: 'different',
};

/**
 * Whether two credits mean one artist. "A feat. B" is A; "A & B" may or may not be A; two names in scripts that cannot
 * be compared, or that differ by a letter, are left to a person. Manual aliases are applied before.
 */
export function sameArtist(a: string, b: string): MatchResult {
  const relation = relateArtists(a, b);
  const isSamePrimary = relation === 'credited' && samePrimaryArtist(a, b);
  const decision = isSamePrimary ? 'same' : DECISIONS[relation];
  return { decision, reasons: [{ code: `artist-${relation}`, weight: weightOf(decision), a, b }] };
}

/** 1 speaks for the same, -1 against it. */
export function weightOf(decision: MatchDecision): number {
  return decision === 'same' ? 1 : decision === 'different' ? -1 : 0;
}

function samePrimaryArtist(a: string, b: string): boolean {
  return sameSpelling(spellingOf(splitCredits(a).primary), spellingOf(splitCredits(b).primary));
}
