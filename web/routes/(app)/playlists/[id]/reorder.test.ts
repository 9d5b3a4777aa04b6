import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryBefore, withLift } from './reorder.ts';

const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => ({ entry: `e${index}` }));

describe('moving a row of a playlist', () => {
  it('shows the list as it will be once the row stands before the entry that is named', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(), fc.nat(), (count, a, b) => {
        const rows = rowsOf(count);
        const lift = { entry: `e${a % count}`, from: a % count, to: b % count };
        const shown = withLift(rows, lift).map(({ entry }) => entry);
        const before = entryBefore(rows, lift);
        const rest = rows.map(({ entry }) => entry).filter((entry) => entry !== lift.entry);
        const at = before === null ? rest.length : rest.indexOf(before);
        expect(shown).toEqual([...rest.slice(0, at), lift.entry, ...rest.slice(at)]);
        expect(shown[lift.to]).toBe(lift.entry);
      }),
    );
  });

  it('leaves the list alone when the row has meanwhile moved on another device', () => {
    const rows = rowsOf(3);
    expect(withLift(rows, { entry: 'e9', from: 0, to: 2 })).toBe(rows);
  });
});
