import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { GeneratePlaylist } from '../playlists/options.ts';
import { PlaylistDocument } from '../library/playlist.ts';
import { splitCredits } from '../matching/credits.ts';
import { MutationDocument } from '../mutations/document.ts';
import { isBlank, trimmed } from './blank.ts';

const UNSEEN = [
  ' ',
  '\t',
  '\n',
  '\0',
  '\u0085',
  '\u00a0',
  '\u00ad',
  '\u034f',
  '\u061c',
  '\u115f',
  '\u1160',
  '\u17b4',
  '\u180e',
  '\u2003',
  '\u200b',
  '\u200c',
  '\u200d',
  '\u200e',
  '\u200f',
  '\u2028',
  '\u202e',
  '\u2060',
  '\u2066',
  '\u2800',
  '\u3000',
  '\u3164',
  '\ufe0f',
  '\ufeff',
  '\uffa0',
  '\u{e0001}',
  '\u{e0041}',
  '\u{1d159}',
];
const NAMES = [
  '!!!',
  '…',
  '-',
  '+',
  '†††',
  '☃',
  '😀',
  '❤️',
  '👨‍👩‍👧‍👦',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '🇨🇭',
  '₊˚',
  '中',
  'かな',
  '한글',
  'ᄒ',
  'ابو',
  'می‌خواهم',
  'עברית',
  'ไทย',
  'தமிழ்',
  'ქართული',
  'ᚠ',
  '𝄞',
  '٠',
  'é',
  'e\u0301',
  '\u0600',
];
const unseen = fc.array(fc.constantFrom(...UNSEEN), { maxLength: 12 }).map((parts) => parts.join(''));

test('what nobody sees is blank, however it is put together', () => {
  fc.assert(
    fc.property(unseen, (text) => {
      expect(isBlank(text)).toBe(true);
      expect(trimmed(text)).toBe('');
    }),
  );
});

test('every name that is seen is one, in every script, and stays as it is without what stands around it', () => {
  fc.assert(
    fc.property(unseen, fc.constantFrom(...NAMES), unseen, (before, name, after) => {
      const text = before + name + after;
      expect(isBlank(text)).toBe(false);
      expect(trimmed(text)).toContain(name);
      expect(text).toContain(trimmed(text));
      expect(trimmed(trimmed(text))).toBe(trimmed(text));
    }),
  );
  for (const name of NAMES) expect(trimmed(` \u200b${name}\ufeff \u3164`)).toBe(name);
  const letters = /^[\p{L}\p{N}\p{P}\p{S}]$/u;
  const notShown = /\p{Default_Ignorable_Code_Point}|[\u2800\u{1d159}]/u;
  const lost: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const letter = String.fromCodePoint(code);
    if (letters.test(letter) && !notShown.test(letter) && isBlank(letter)) lost.push(letter);
  }
  expect(lost).toEqual([]);
});

test('what a person or a device writes has to have a name that is seen', () => {
  const id = '1b4e28ba-2fa1-4d25-883f-0016d3cca427';
  const playlist = (name: string) =>
    v.safeParse(PlaylistDocument, {
      id,
      name,
      algorithm: null,
      aiPrompt: null,
      createdAt: 1,
      updatedAt: 1,
      entries: [],
    });
  const isValid = (mutation: object) =>
    v.safeParse(MutationDocument, { id, deviceId: id, number: 1, madeAt: 1, intent: mutation }).success;
  const record = { kind: 'add-record', alias: id, title: 'T', artists: ['A'], year: null, support: null };
  fc.assert(
    fc.property(unseen, (blank) => {
      expect(playlist(blank).success).toBe(false);
      expect(v.safeParse(GeneratePlaylist, { algorithm: 'random', name: blank }).success).toBe(false);
      expect(v.safeParse(GeneratePlaylist, { algorithm: 'ai', prompt: blank }).success).toBe(false);
      expect(isValid({ kind: 'alias-artist', artistId: '1', name: blank })).toBe(false);
      for (const change of [{ title: blank }, { artists: ['A', blank] }, { tracks: [blank] }])
        expect(isValid({ ...record, ...change })).toBe(false);
    }),
    { numRuns: 30 },
  );
  expect(playlist('\u200b !!!\ufeff')).toMatchObject({ success: true, output: { name: '!!!' } });
  expect(isValid(record)).toBe(true);
});

test('no part of a credit is an artist whom nobody sees', () => {
  fc.assert(
    fc.property(unseen, (blank) => {
      expect(splitCredits(`Hanna Vell feat. ${blank} & Kombinat 7`)).toEqual({
        primary: 'Hanna Vell',
        others: ['Kombinat 7'],
      });
    }),
  );
});
