import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Artists, creditLine } from './artists.ts';

const credit = (...artists: [name: string, join: string, anv?: string][]) =>
  creditLine(
    v.parse(
      Artists,
      artists.map(([name, join, anv = ''], at) => ({ id: at + 1, name, join, anv })),
    ),
  );

describe('creditLine', () => {
  it.each([
    [[['Ada Nord', '']], 'Ada Nord'],
    [[['Ada Nord', ',']], 'Ada Nord'],
    [
      [
        ['Ada Nord (3)', '&'],
        ['The Lanterns (2)', ''],
      ],
      'Ada Nord & The Lanterns',
    ],
    [
      [
        ['Ada Nord', ','],
        ['Bo Ek', '&'],
        ['Cy Holm', ','],
      ],
      'Ada Nord, Bo Ek & Cy Holm',
    ],
    [
      [
        ['Nord, Ada', 'Featuring', 'A. Nord'],
        ['Bo Ek', ''],
      ],
      'A. Nord Featuring Bo Ek',
    ],
    [
      [
        ['Ada Nord', '-'],
        ['Bo Ek', ''],
      ],
      'Ada Nord - Bo Ek',
    ],
    [
      [
        ['Ada Nord', ''],
        ['Bo Ek', ''],
      ],
      'Ada Nord, Bo Ek',
    ],
    [
      [
        ['Ada Nord', ', With'],
        ['Bo Ek', ''],
      ],
      'Ada Nord, With Bo Ek',
    ],
    [[], ''],
  ] as [[string, string, string?][], string][])('writes %j as %s', (artists, line) => {
    expect(credit(...artists)).toBe(line);
  });

  it("keeps Discogs' own name beside the printed one", () => {
    const [artist] = v.parse(Artists, [{ id: 7, name: 'Nord (2)', anv: 'Ada Nord', join: ',' }]);
    expect(artist).toEqual({ id: 7, name: 'Nord (2)', creditedAs: 'Ada Nord', join: '' });
  });

  it('reads artists without an id and leaves out those without a name', () => {
    expect(v.parse(Artists, [{ name: 'Ada Nord' }, { id: 3, name: '' }, null])).toEqual([
      { id: null, name: 'Ada Nord', creditedAs: 'Ada Nord', join: '' },
    ]);
  });
});
