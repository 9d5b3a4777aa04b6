import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayName, identityKey, textKey } from './identity.ts';

describe('identityKey', () => {
  it.each([
    ['Björk', 'BJO\u0308RK'],
    ['Beyoncé', 'beyonce\u0301'],
    ['  Daft   Punk ', 'daft punk'],
    ['Guns N’ Roses', "guns n' roses"],
    ['Blink‐182', 'blink-182'],
    ['Straßenjungs', 'STRASSENJUNGS'],
    ['Ξύλινα Σπαθιά Ο ΔΑΣ', 'ξύλινα σπαθιά ο δας'],
    ['КИНО', 'Кино'],
    ['Zero\u200bWidth', 'zerowidth'],
  ])('%s and %s are one', (a, b) => expect(identityKey(a)).toBe(identityKey(b)));

  it.each([
    ['Björk', 'Bjork'],
    ['Mø', 'Mo'],
    ['Sade', 'Şade'],
    ['Nirvana', 'Nirvana (2)'],
    ['The Beatles', 'Beatles'],
    ['ısı', 'isi'],
    ['!!!', '!!'],
    ['1349', '1394'],
    ['が', 'か'],
  ])('%s and %s are two', (a, b) => expect(identityKey(a)).not.toBe(identityKey(b)));

  it('is stable: the key of a key is the key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(identityKey(identityKey(name))).toBe(identityKey(name));
      }),
    );
  });

  it('gives different titles of an owner different keys', () => {
    expect(textKey('Alive')).toBe(textKey('ALIVE'));
    expect(textKey('Alive')).not.toBe(textKey('Alive (Live)'));
  });
});

describe('displayName', () => {
  it.each([
    ['Nirvana (2)', 'Nirvana'],
    ['John Smith (113)', 'John Smith'],
    ['Sunn O)))', 'Sunn O)))'],
    ['Prince (1999)', 'Prince (1999)'],
    ['Eins (1)', 'Eins (1)'],
    ['(2)', '(2)'],
    ['Genesis', 'Genesis'],
  ])('%s → %s', (name, shown) => expect(displayName(name)).toBe(shown));
});
