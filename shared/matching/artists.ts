import { containsTokens, isSlip } from './closeness.ts';
import { splitCredits } from './credits.ts';
import { foldForSearch } from './fold.ts';
import { displayName } from './identity.ts';
import { remembered } from './memo.ts';
import type { Spelling } from './spelling.ts';
import { incomparable, sameSpelling, spellingOf } from './spelling.ts';

/**
 * How two artist credits relate: one spelling; one artist credited in both; a slip or initials; "Various Artists"
 * against a name; writing systems that cannot be compared; two artists.
 */
export type ArtistRelation = 'same' | 'credited' | 'close' | 'various' | 'other-script' | 'different';

interface ArtistForm {
  whole: Spelling;
  primary: Spelling;
  /** Every artist that the credit may name, split at every separator, without backing bands. */
  named: Spelling[];
  various: boolean;
  /** "Bach, Johann Sebastian" in the order it is said, when there is one comma. */
  turned: string | undefined;
}

const VARIOUS = new RegExp(
  '^(?:various(?: artists?)?|va|v a|aa vv|vari|compilation|soundtrack|original soundtrack|original cast|unknown artist' +
    '|divers(?: artistes)?|artistes divers|varios(?: artistas| interpretes)?|artisti vari' +
    '|verschiedene(?: interpreten| kunstler)?|diverse(?: artister| artiesten| interpreten)?|ヴァリアス アーティスト)$',
  'u',
);
const ARTICLE_BEFORE = /^(?:the|les|die|los) (?=\S)/iu;
const ARTICLE_BEHIND = /, (?:the|les|die|los)$/iu;
const SEPARATORS =
  /\s+(?:&|and|et|und|y|\+|x|×|vs\.?|with|avec|mit|presents|pres\.)\s+|\s*[,;&]\s+|\s+\/\s+|\s+·\s+|・|、/iu;

/** Compares two artist credits as sources print them. */
export function relateArtists(a: string, b: string): ArtistRelation {
  if (a === b) return 'same';
  return relate(formOf(a), formOf(b));
}

function relate(a: ArtistForm, b: ArtistForm): ArtistRelation {
  if (sameSpelling(a.whole, b.whole) || a.turned === b.whole.squeezed || b.turned === a.whole.squeezed) return 'same';
  if (a.various && b.various) return 'same';
  if (a.various || b.various) return 'various';
  if (sameSpelling(a.primary, b.primary)) return 'credited';
  if (a.named.some((one) => b.named.some((other) => sameSpelling(one, other)))) return 'credited';
  if (containsTokens(a.primary.tokens, b.primary.tokens, 2)) return 'credited';
  if (isSlip(a.primary, b.primary) || sameByInitials(a.primary, b.primary)) return 'close';
  return incomparable(a.whole, b.whole) ? 'other-script' : 'different';
}

const formOf = remembered((credit: string): ArtistForm => {
  const { primary, others } = splitCredits(displayName(credit));
  const parts = (name: string) => name.split(SEPARATORS).filter(isOwnName);
  const named = [primary, ...others].flatMap((name) => [name, ...bracketed(name), ...parts(name)]);
  const turned = /^([^,]+), ([^,]+)$/u.exec(primary);
  return {
    whole: nameSpelling(displayName(credit)),
    primary: nameSpelling(primary),
    named: [...new Set(named)].filter((name) => foldForSearch(name) !== '').map(nameSpelling),
    various: VARIOUS.test(foldForSearch(credit)),
    turned: turned === null ? undefined : spellingOf(`${turned[2] ?? ''} ${turned[1] ?? ''}`).squeezed,
  };
});

/** "Fugees (Refugee Camp)" is also Fugees, "✝✝✝ (Crosses)" also Crosses. */
function bracketed(name: string): string[] {
  const [, before = '', inside = ''] = /^(.*\S) \(([^()]{4,})\)$/u.exec(name) ?? [];
  return before === '' ? [] : [before, inside];
}

/** "The Banshees" behind "and" is no artist to recognise another by. */
function isOwnName(name: string, index: number): boolean {
  return index === 0 || !/^(?:the|his|her|their|les|los|die) /iu.test(name);
}

/** Without the article before it or behind a comma, unless nothing is left. */
function nameSpelling(name: string): Spelling {
  return spellingOf(name.trim().replace(ARTICLE_BEHIND, '').replace(ARTICLE_BEFORE, '') || name);
}

/** "J.S. Bach" and "Johann Sebastian Bach": the last word in common, the first ones by their initials. */
function sameByInitials(a: Spelling, b: Spelling): boolean {
  if (a.tokens.length < 2 || b.tokens.length < 2 || a.tokens.at(-1) !== b.tokens.at(-1)) return false;
  return abbreviates(a.tokens, b.tokens) || abbreviates(b.tokens, a.tokens);
}

function abbreviates(short: readonly string[], long: readonly string[]): boolean {
  const given = short.slice(0, -1).join('');
  const initials = long
    .slice(0, -1)
    .map((word) => word[0])
    .join('');
  return given.length <= 3 && given === initials && given.length < long.slice(0, -1).join('').length;
}
