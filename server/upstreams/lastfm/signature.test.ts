import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { apiSignature } from './signature.ts';

const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex');

test('signs names and values in order of the names, without the format, in UTF-8, the secret last', () => {
  const parameters = {
    track: 'Été & Cie',
    method: 'track.love',
    format: 'json',
    callback: 'x',
    api_key: 'k',
    artist: 'Hélio',
    sk: 's',
  };
  expect(apiSignature(parameters, 'hush')).toBe(md5('api_keykartistHéliomethodtrack.loveskstrackÉté & Ciehush'));
});

test('orders by ASCII, in which artist[10] comes before artist[1]', () => {
  expect(apiSignature({ 'artist[1]': 'b', 'artist[10]': 'a', 'artist[2]': 'c' }, '')).toBe(
    md5('artist[10]aartist[1]bartist[2]c'),
  );
});
