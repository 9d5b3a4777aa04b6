/**
 * Letters that carry their stroke or ligature in the letter itself, so that Unicode decomposition leaves them whole.
 * Listed after lower-casing. SQLite's FTS5 tokenizer folds none of them either.
 */
const EXPANDED: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  þ: 'th',
  ŋ: 'ng',
  ŧ: 't',
  ĸ: 'k',
  ɓ: 'b',
  ɗ: 'd',
  ə: 'e',
  ƒ: 'f',
  ɨ: 'i',
  ŀ: 'l',
  ς: 'σ',
  ـ: '',
};

const EXPANDABLE = new RegExp(`[${Object.keys(EXPANDED).join('')}]`, 'gu');

/**
 * Marks that a reader may leave out: accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowel signs.
 * Vowel signs of Indic scripts and the voicing marks of kana are letters to their readers and stay.
 */
const OPTIONAL_DIACRITICS = /(?![\u3099\u309a])\p{Script=Inherited}|(?=\p{M})\p{Script=Hebrew}/gu;

/** Characters nobody sees: joiners, soft hyphens, direction and variation marks, trademark signs. */
const UNSEEN = /[\p{Cf}\u034f\ufe00-\ufe0f™®©℗]/gu;

/** Lower case without accents, strokes, ligatures or width variants; punctuation is left alone. */
export function plainLetters(text: string): string {
  return text
    .replace(UNSEEN, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(OPTIONAL_DIACRITICS, '')
    .normalize('NFC')
    .replace(EXPANDABLE, (letter) => EXPANDED[letter] ?? letter);
}
