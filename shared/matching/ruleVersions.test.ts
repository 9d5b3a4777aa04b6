import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { FOLD_VERSION, foldForSearch } from './fold.ts';
import { DISPLAY_VERSION, displayName, IDENTITY_VERSION, identityKey } from './identity.ts';
import { indexTerms, TERMS_VERSION } from './searchTerms.ts';
import { SORT_NAME_VERSION, sortName } from './sortName.ts';

/** Names as they come: case, accents, ligatures, typography, articles, numbers, dots, signs, scripts without spaces. */
// prettier-ignore
const NAMES = [
  'Björk', 'BJO\u0308RK', 'Bjork', 'Sigur Rós', 'Ágætis byrjun', 'Mø', 'Sunn O)))', 'Motörhead', 'Straßenjungs', 'STRASSENJUNGS',
  'Æon Flux', 'œuvre', 'Łona', 'İstanbul', 'ısı', 'Şade', 'Beyoncé', 'ŉ', 'ﬁn', '  Daft   Punk ', 'Guns N’ Roses', "Guns n' Roses",
  'Blink‐182', 'Zero\u200bWidth', 'soft\u00adhyphen', '“Heroes”', '"Heroes"', 'ΟΔΟΣ', 'οδός', 'КИНО', 'Ёлка', 'が', 'か', 'שָׁלוֹם', 'مُحَمَّد',
  'हिन्दी', 'ไทย', '椎名 林檎', '東京事変', 'Live東京', 'カタカナ・テスト', 'コーヒー', '인디언 서머', '々', '!!!', '₊˚', '1349', 'R.E.M.', 'M.I.A.',
  'P!nk', 'Ke$ha', '$uicideboy$', "Don't Look Back", 'L’Impératrice', "L'amour", "d'un", 'The Beatles', 'The', 'A Tribe Called Quest', 'An Pierlé',
  'A J', 'Les Rita Mitsouko', 'Les Paul', 'Die Ärzte', 'Der Plan', 'Das EFX', 'El-P', 'El Guincho', 'Los Angeles', 'Los Lobos', 'Las Ketchup', 'La Femme',
  'Le Mans', 'Le Tigre', 'Nirvana (2)', 'Nirvana (1)', 'Prince (1999)', 'John Smith (113)', '(2)', 'Song (Live)', 'AC/DC', 'Song / Other', 'a—b – c-d',
  '…And You Will Know Us', '100% Wool', 'Sgt. Pepper´s', 'tête-à-tête', 'naïve façade', 'Ünïcödé™', 'Ⅷ ½ ²', 'Ｆｕｌｌ　Ｗｉｄｔｈ', '👩‍👩‍👧 family', '', ' ',
];
/** Every letter of Latin, Greek, Cyrillic, Hebrew and Arabic by itself, and a sign of each kind of typography. */
// prettier-ignore
const LETTERS = [[0x21, 0x24f], [0x370, 0x52f], [0x590, 0x6ff], [0x1e00, 0x1fff], [0x2010, 0x2122], [0x3041, 0x30ff]]
  .flatMap(([first, last]) => Array.from({ length: last! - first! + 1 }, (_, at) => String.fromCodePoint(first! + at)))
  .flatMap((letter) => [letter, `x${letter}y`]);

const digest = (rule: (text: string) => unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([...NAMES, ...LETTERS].map(rule)))
    .digest('hex')
    .slice(0, 16);

/**
 * What each version of a rule made of the sample. What is stored was made by these rules: a rule that changes gets the next version,
 * by which libraries make what they store anew (server/library/derivedKeys), and a line here; earlier lines stay.
 */
it.each([
  { rule: 'identityKey', version: IDENTITY_VERSION, made: digest(identityKey), by: { 1: 'e3552ffc23409c23' } },
  { rule: 'displayName', version: DISPLAY_VERSION, made: digest(displayName), by: { 1: '8d2b2cc48f76f859' } },
  { rule: 'sortName', version: SORT_NAME_VERSION, made: digest(sortName), by: { 1: 'fc65d6c0afda963b' } },
  { rule: 'foldForSearch', version: FOLD_VERSION, made: digest(foldForSearch), by: { 1: 'ee5d31174b41cb6a' } },
  {
    rule: 'indexTerms',
    version: TERMS_VERSION,
    made: digest((text) => indexTerms(text.toLowerCase())),
    by: { 1: 'd8af53c6cc4ca11d' },
  },
])('$rule makes what its version $version always made', ({ version, made, by }) => {
  expect(made).toBe((by as Record<number, string>)[version]);
});
