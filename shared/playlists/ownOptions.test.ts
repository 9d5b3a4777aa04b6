import { expect, test } from 'vitest';
import { PlaylistAlgorithms } from '../library/playlist.ts';
import { optionFields } from '../library/playlistOptions.ts';
import { foreignOption, ownOptions } from './ownOptions.ts';

test('what only one algorithm goes by is foreign to the others; a manual playlist goes by none', () => {
  expect(foreignOption('random', { length: 3, decade: 1970 })).toBe('decade');
  expect(foreignOption('decade', { length: 3, decade: 1970, prompt: undefined })).toBeUndefined();
  expect(foreignOption('ai', { prompt: 'calm', period: { from: 1, to: 2 } })).toBe('period');
  expect(foreignOption('loved', { prompt: 'calm' })).toBe('prompt');
  expect(foreignOption('loved', { dropped: 3 })).toBe('dropped');
  expect(foreignOption(null, { length: 3 })).toBe('length');
  expect(ownOptions('random', { length: 3, decade: 1970 })).toEqual({ length: 3 });
});

test('every option is some algorithm’s', () => {
  for (const name of Object.keys(optionFields))
    expect(
      PlaylistAlgorithms.some((algorithm) => foreignOption(algorithm, { [name]: 1 }) === undefined),
      name,
    ).toBe(true);
});
