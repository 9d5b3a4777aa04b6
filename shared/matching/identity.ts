/** Raised with every change of what {@link identityKey} makes of any name, so that stored keys are made anew. */
export const IDENTITY_VERSION = 1;

const PRINTABLE_ASCII = /^[!-~]+(?: [!-~]+)*$/;
/** Zero-width spaces, word joiner, byte order mark, soft hyphen. Joiners stay: Persian and emoji need them. */
const UNSEEN = /[\u200b\u2060\ufeff\u00ad]/gu;
const APOSTROPHES = /[\u2018\u2019\u02bc\u00b4\u2032]/gu;
const QUOTES = /[\u201c\u201d\u201e\u2033]/gu;
const HYPHENS = /[\u2010\u2011]/gu;

/**
 * The key under which an artist is unique: the same name whatever its case, the Unicode form of its accents, its
 * white space and its typography (curly or straight quotes, hyphens of any code point).
 *
 * Accents themselves stay: "Bjork" and "Björk" have different keys. Case folds as in Unicode's full folding
 * ("STRASSE" and "Straße" are one), except that the Turkish dotless ı stays a letter of its own.
 */
export function identityKey(name: string): string {
  if (PRINTABLE_ASCII.test(name)) return name.toLowerCase();
  // Composing and folding letters can bring up signs of typography (U+1FFD, ŉ), so that these are made plain before and after.
  const seen = plainTypography(name.normalize('NFC').replace(UNSEEN, '')).trim();
  return plainTypography(caseFolded(seen === '' ? name : seen));
}

const plainTypography = (text: string): string =>
  text.replace(APOSTROPHES, "'").replace(QUOTES, '"').replace(HYPHENS, '-').replace(/\s+/gu, ' ');

/**
 * The key under which a title is one among its owner's titles: an album among its artist's, a track among its
 * album's. The same rule as for artists; "Song" and "Song (Live)" stay two.
 */
export function textKey(title: string): string {
  return identityKey(title);
}

/** Up and down again gives the full folding (ß → SS → ss, ﬁ → FI → fi, ς → Σ → σ). */
function caseFolded(text: string): string {
  return text
    .normalize('NFC')
    .split('ı')
    .map((part) => part.toLowerCase().toUpperCase().toLowerCase())
    .join('ı')
    .replaceAll('ς', 'σ')
    .normalize('NFC');
}

/** Raised with every change of what {@link displayName} makes of any name. */
export const DISPLAY_VERSION = 1;

const DISCOGS_SUFFIX = /(?<=\S) \(([1-9]\d{0,3})\)$/u;

/**
 * The name as a person reads it: without the number Discogs adds to a name that a second artist bears ("Nirvana (2)").
 * For display and matching only. Numbers start at 2; four digits from 1900 on are years and stay.
 */
export function displayName(name: string): string {
  const number = Number(DISCOGS_SUFFIX.exec(name)?.[1] ?? 0);
  return number >= 2 && number < 1900 ? name.replace(DISCOGS_SUFFIX, '') : name;
}
