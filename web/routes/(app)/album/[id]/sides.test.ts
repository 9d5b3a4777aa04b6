import { describe, expect, test } from 'vitest';
import { beginnings, partOf } from './sides.ts';

const at = (...positions: (string | undefined)[]) => beginnings(positions.map((position) => (position === undefined ? {} : { position })));

describe('the parts of a record', () => {
  test.each([
    ['A1', { side: 'A' }], ['B', { side: 'B' }], ['AA2', { side: 'AA' }], ['2-4', { disc: 2 }], ['CD2-4', { disc: 2 }],
    ['7', null], ['', null], ['Video', null], [undefined, null],
  ])('%s', (position, part) => expect(partOf(position)).toEqual(part));

  test('are named where each begins', () => {
    expect(at('A1', 'A2', 'B1', 'B2')).toEqual([{ side: 'A' }, null, { side: 'B' }, null]);
    expect(at('1-1', '1-2', '2-1')).toEqual([{ disc: 1 }, null, { disc: 2 }]);
  });

  test('are not named where there is only one, or nothing is known', () => {
    expect(at('A1', 'A2')).toEqual([null, null]);
    expect(at('1', '2', '3')).toEqual([null, null, null]);
    expect(at()).toEqual([]);
  });

  test('go on after a track of no position', () => {
    expect(at('A1', undefined, 'A2', 'B1')).toEqual([{ side: 'A' }, null, null, { side: 'B' }]);
  });
});
