import { describe, expect, test } from 'vitest';
import { beginnings } from './beginnings.ts';

const at = (...positions: (string | null)[]) =>
  beginnings({
    tracks: positions.map((position, id) => ({
      id,
      title: 'x',
      ...(position === null ? { kind: 'heading' as const } : { position }),
    })),
    copies: [],
    support: null,
  });

describe('the parts of a record', () => {
  test('are named where each begins', () => {
    expect(at('A1', 'A2', 'B1', 'B2')).toEqual([{ side: 'A' }, null, { side: 'B' }, null]);
    expect(at('1-1', '1-2', '2-1')).toEqual([{ disc: 1 }, null, { disc: 2 }]);
  });

  test('stand above the headings of their first track', () => {
    expect(at(null, 'A1', null, 'A2', null, null, 'B1')).toEqual([
      { side: 'A' },
      null,
      null,
      null,
      { side: 'B' },
      null,
      null,
    ]);
  });

  test('are named again where they go on', () =>
    expect(at('A1', 'B1', 'A2')).toEqual([{ side: 'A' }, { side: 'B' }, { side: 'A' }]));

  test('are not named where there is only one, or nothing is known', () => {
    expect(at('A1', 'A2')).toEqual([null, null]);
    expect(at('1', '2', '3')).toEqual([null, null, null]);
    expect(at()).toEqual([]);
  });
});
