import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldForSearch } from './fold.ts';
import { indexTerms, soughtTerms, withoutInnerSpaces } from './searchTerms.ts';
import { spellingsIn } from './typing.ts';

const found = (name: string, query: string): boolean => {
  const terms = indexTerms(foldForSearch(name));
  return soughtTerms(foldForSearch(query))
    .flat()
    .every((sought) => terms.some((term) => term.startsWith(sought)));
};

describe('the terms of a name', () => {
  it.each([
    ['Winter Light', ['winter', 'light']],
    ['椎名林檎', ['椎名', '名林', '林檎', '檎']],
    ['椎名 林檎', ['椎名', '名林', '林檎', '檎']],
    ['방탄소년단', ['방탄', '탄소', '소년', '년단', '단']],
    ['東', ['東']],
    ['ラーメン', ['ラー', 'ーメ', 'メン', 'ン']],
    ['佐々木', ['佐々', '々木', '木']],
    ['ＡＢＣ東京 Live', ['abc', '東京', '京', 'live']],
    ['', []],
  ])('%s', (name, terms) => expect(indexTerms(foldForSearch(name))).toEqual(terms));

  it.each([
    ['椎名林檎', '林檎'],
    ['椎名林檎', '林'],
    ['椎名林檎', '檎'],
    ['椎名林檎', '林檎 椎名'],
    ['椎名 林檎', '椎名林檎'],
    ['坂本龍一', '龍一'],
    ['東京事変', '事変'],
    ['東京事変', '京事'],
    ['周杰倫', '杰倫'],
    ['방탄소년단', '소년'],
    ['방탄소년단', '방탄 소년단'],
    ['ﾗｰﾒﾝ', 'メン'],
    ['Live in 東京', '東京 live'],
    ['宇多田ヒカル', 'ヒカル'],
  ])('%s is found by %s', (name, query) => expect(found(name, query)).toBe(true));

  it.each([
    ['椎名林檎', '名檎'],
    ['東京事変', '京都'],
    ['坂本龍一', '一龍'],
  ])('%s is not found by %s', (name, query) => expect(found(name, query)).toBe(false));

  const character = fc.constantFrom(...'椎名林檎坂本龍一東京事変周杰倫방탄소년단ラーメン々ひカ');
  it('hold every part of a name of such characters', () => {
    fc.assert(
      fc.property(
        fc.array(character, { minLength: 2, maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (characters, from, length) => {
          const start = from % (characters.length - 1);
          const part = characters.slice(start, start + 2 + (length % (characters.length - start - 1)));
          expect(found(characters.join(''), part.join(''))).toBe(true);
          expect(found(characters.join(''), part[1]!)).toBe(true);
        },
      ),
    );
  });
});

describe('what is typed', () => {
  const texts = ['winter light', withoutInnerSpaces('椎名 林檎')];
  it.each([
    ['light', ['light']],
    ['lihgt', ['light']],
    ['wimter', ['winter']],
    ['lit', ['lit']],
    ['zzzzz', ['zzzzz']],
    ['椎名林檎', ['椎名林檎']],
    ['椎名檎林', ['椎名檎林']],
  ])('%s is taken for %j', (word, spellings) => expect(spellingsIn(texts, word)).toEqual(spellings));
});
