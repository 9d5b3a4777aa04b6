import { describe, expect, it } from 'vitest';
import { distinctNames, otherNames } from './distinct.ts';

describe('names that are said once', () => {
  it.each([
    [['Ambient', 'Ambient'], ['Ambient']],
    [
      ['Dub', 'ambient', 'Ambient', 'dub'],
      ['Dub', 'ambient'],
    ],
    [
      ['Électro', 'E\u0301lectro', 'Electro'],
      ['Électro', 'Electro'],
    ],
    [['Rock ’n’ Roll', "Rock 'n' Roll"], ['Rock ’n’ Roll']],
    [[], []],
  ])('%j are %j', (names, expected) => expect(distinctNames(names)).toEqual(expected));

  it('are no other names where they read as the own', () => {
    expect(otherNames('Nirvana', ['Nirvana', 'nirvana'])).toEqual([]);
    expect(otherNames('Prince', ['The Artist', 'PRINCE', 'The artist', 'Camille'])).toEqual(['The Artist', 'Camille']);
  });
});
