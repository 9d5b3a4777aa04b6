import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSlip, withinEdits } from './closeness.ts';
import { spellingOf } from './spelling.ts';

/** The definition, word for word: one edit, then what is left. */
function withinEditsSlowly(a: string, b: string, limit: number): boolean {
  if (a === b) return true;
  if (limit === 0) return false;
  if (a !== '' && b !== '' && a[0] === b[0] && withinEditsSlowly(a.slice(1), b.slice(1), limit)) return true;
  const less = limit - 1;
  const swapped = a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0];
  return (
    (a !== '' && withinEditsSlowly(a.slice(1), b, less)) ||
    (b !== '' && withinEditsSlowly(a, b.slice(1), less)) ||
    (a !== '' && b !== '' && withinEditsSlowly(a.slice(1), b.slice(1), less)) ||
    (swapped && withinEditsSlowly(a.slice(2), b.slice(2), less))
  );
}

describe('withinEdits', () => {
  it('agrees with the definition', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 2 }), (a, b, limit) => {
        expect(withinEdits(a, b, limit)).toBe(withinEditsSlowly(a, b, limit));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('isSlip', () => {
  it.each([
    ['Siouxsie', 'Siouxie', true],
    ['Harbour', 'Harbor', true],
    ['Hissing of Summer Lawns', 'Hissing of Sumer Lanws', true],
    ['Low', 'Love', false],
    ['Volume 12', 'Volume 13', false],
    ['Maroon', 'Baroon', false],
  ])('%s and %s: %s', (a, b, slip) => expect(isSlip(spellingOf(a), spellingOf(b))).toBe(slip));
});
