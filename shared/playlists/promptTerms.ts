import { foldForSearch } from '../matching/fold.ts';
import { plainLetters } from '../matching/letters.ts';

/** Words of prompts in English and French that say nothing about a record. */
const STOPWORDS = new Set(
  (
    'a an and the of for with without from that this some songs song tracks track music playlist album albums artist artists ' +
    'list like make give want something feel mood good best my me you in on to it is are not no but or by at as be ' +
    'un une des les le la du de et ou pour avec sans dans sur par qui que pas mais mon ma mes moi je tu il elle nous vous ' +
    'musique musiques morceaux morceau chansons titres titre liste disque disques donne veux comme chose bon bonne au aux en ce ces'
  ).split(' '),
);

/** The words of a prompt that may name something, folded as names are for search. */
export function promptTerms(prompt: string): Set<string> {
  return new Set(
    foldForSearch(prompt)
      .split(' ')
      .filter((word) => word.length > 1 && !STOPWORDS.has(word)),
  );
}

const SPELT: Record<string, number> = {
  twenties: 1920,
  thirties: 1930,
  forties: 1940,
  fifties: 1950,
  sixties: 1960,
  seventies: 1970,
  eighties: 1980,
  nineties: 1990,
};

/** The decades a prompt speaks of, each by its first year: "1974", "the 70s", "années 70", "seventies". */
export function promptDecades(prompt: string): Set<number> {
  const text = plainLetters(prompt);
  const decades = new Set<number>();
  for (const [, year] of text.matchAll(/\b((?:19|20)\d\d)(?:'?s)?\b/g)) decades.add(Math.floor(Number(year) / 10) * 10);
  for (const [, short] of text.matchAll(/(?<!\d)(\d0)['’]?s\b/g)) decades.add(inFull(Number(short)));
  for (const [, short] of text.matchAll(/\bannees? (\d0)\b/g)) decades.add(inFull(Number(short)));
  for (const [word] of text.matchAll(/\p{L}+/gu)) if (Object.hasOwn(SPELT, word)) decades.add(SPELT[word]!);
  return decades;
}

/** "00" to "20" are of this century, the others of the last. */
function inFull(short: number): number {
  return short <= 20 ? 2000 + short : 1900 + short;
}
