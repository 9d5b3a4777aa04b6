const ROMAN = 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx'.split(' ');

/** Words for 1, 2, 3 … in English, French, German, Spanish, Italian and Portuguese. */
const SPELT = [
  'one un une eins uno um first premier',
  'two deux zwei dos due dois second',
  'three trois drei tres tre third',
  'four quatre vier cuatro quattro quatro',
  'five cinq funf cinco cinque',
  'six sechs seis sei',
  'seven sept sieben siete sette sete',
  'eight huit acht ocho otto oito',
  'nine neuf neun nueve nove',
  'ten dix zehn diez dieci dez',
];

/** Words that announce a number: each one's name, then how else it is written. */
const ANNOUNCING = [
  'part pt pts parts partie teil parte deel del',
  'vol vols volume volumen volum tome',
  'no nos nr num number numero',
  'op opus',
  'chapter ch chapitre kapitel',
  'act acte akt',
  'book',
  'disc',
  'series',
  'episode',
  'phase',
];

const ROMAN_VALUES = new Map(ROMAN.map((numeral, index) => [numeral, String(index + 1)]));
const VALUES = new Map([
  ...ROMAN_VALUES,
  ...SPELT.flatMap((tokens, index) => tokens.split(' ').map((word) => [word, String(index + 1)] as const)),
]);
const MARKERS = new Map(
  ANNOUNCING.flatMap((tokens) => tokens.split(' ').map((word, _, [name = word]) => [word, name] as const)),
);

/**
 * Words of a folded name with its numbers in one spelling: "pt ii", "part two" and "part 2" become "part 2", and a
 * Roman numeral at the end ("Zeppelin IV") a figure. "I" alone is a number only behind a word like "part".
 */
export function withFigures(tokens: readonly string[]): string[] {
  return tokens.map((word, index) => {
    const marked = MARKERS.has(tokens[index - 1] ?? '');
    const value = marked ? VALUES.get(word) : undefined;
    if (value !== undefined) return value;
    if (word.startsWith('0') && /^0+\d/u.test(word)) return word.replace(/^0+/u, '');
    if (index > 0 && index === tokens.length - 1 && word !== 'i') return ROMAN_VALUES.get(word) ?? word;
    return announces(word, tokens[index + 1]) ?? word;
  });
}

/** The numbers among the words, in order: what distinguishes volume 1 from volume 2. */
export function figures(tokens: readonly string[]): string[] {
  return tokens.filter((word) => /^\p{N}+$/u.test(word));
}

function announces(word: string, next: string | undefined): string | undefined {
  const name = MARKERS.get(word);
  return name !== undefined && next !== undefined && (VALUES.has(next) || /^\d/u.test(next)) ? name : undefined;
}
