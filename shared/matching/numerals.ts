const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii', 'xiv', 'xv', 'xvi', 'xvii', 'xviii', 'xix', 'xx'];
const WORDS: readonly (readonly string[])[] = [
  ['one', 'un', 'une', 'eins', 'uno', 'um', 'first', 'premier', 'i'],
  ['two', 'deux', 'zwei', 'dos', 'due', 'dois', 'second'],
  ['three', 'trois', 'drei', 'tres', 'tre', 'third'],
  ['four', 'quatre', 'vier', 'cuatro', 'quattro', 'quatro'],
  ['five', 'cinq', 'funf', 'cinco', 'cinque'],
  ['six', 'sechs', 'seis', 'sei'],
  ['seven', 'sept', 'sieben', 'siete', 'sette', 'sete'],
  ['eight', 'huit', 'acht', 'ocho', 'otto', 'oito'],
  ['nine', 'neuf', 'neun', 'nueve', 'nove'],
  ['ten', 'dix', 'zehn', 'diez', 'dieci', 'dez'],
];

/** Words that announce a number, each under one name. */
const MARKERS: Record<string, string> = {
  pt: 'part', pts: 'part', part: 'part', parts: 'part', partie: 'part', teil: 'part', parte: 'part', deel: 'part', del: 'part',
  vol: 'vol', vols: 'vol', volume: 'vol', volumen: 'vol', volum: 'vol', tome: 'vol',
  no: 'no', nos: 'no', nr: 'no', num: 'no', number: 'no', numero: 'no',
  op: 'op', opus: 'op',
  ch: 'chapter', chapter: 'chapter', chapitre: 'chapter', kapitel: 'chapter',
  act: 'act', acte: 'act', akt: 'act', book: 'book', disc: 'disc', series: 'series', episode: 'episode', phase: 'phase',
};

const VALUES = new Map<string, string>();
ROMAN.forEach((numeral, index) => VALUES.set(numeral, String(index + 1)));
WORDS.forEach((words, index) => words.forEach((word) => VALUES.set(word, String(index + 1))));

/**
 * Words of a folded name with its numbers in one spelling: "pt ii", "part two" and "part 2" become "part 2", and a
 * Roman numeral at the end ("Zeppelin IV") a figure. "I" alone is a number only behind a word like "part".
 */
export function withFigures(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const before = words[index - 1];
    const marked = before !== undefined && MARKERS[before] !== undefined;
    if (marked && VALUES.has(word)) return VALUES.get(word) ?? word;
    if (/^0+\d/u.test(word)) return word.replace(/^0+/u, '');
    const last = index === words.length - 1;
    if (last && index > 0 && word !== 'i' && ROMAN.includes(word)) return VALUES.get(word) ?? word;
    const announces = MARKERS[word];
    const next = words[index + 1];
    return announces !== undefined && next !== undefined && (/^\d/u.test(next) || VALUES.has(next)) ? announces : word;
  });
}

/** The numbers among the words, in order: what tells volume 1 from volume 2. */
export function figures(words: readonly string[]): string[] {
  return words.filter((word) => /^\p{N}+$/u.test(word));
}
