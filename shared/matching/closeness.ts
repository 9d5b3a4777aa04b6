import type { Spelling } from './spelling.ts';

/**
 * Fuzzy matching: whether two names differ by a slip only, one letter in six to eleven, two in twelve or more, the first letter and
 * all figures alike. Shorter names are too often other names ("Low" and "Love").
 */
export function isSlip(a: Spelling, b: Spelling): boolean {
  const shorter = Math.min(a.squeezed.length, b.squeezed.length);
  if (shorter < 6 || a.numbers !== b.numbers || a.squeezed[0] !== b.squeezed[0]) return false;
  return withinEdits(a.squeezed, b.squeezed, shorter < 12 ? 1 : 2);
}

/** Whether at most `limit` letters are added, dropped, changed or swapped with their neighbour. */
export function withinEdits(a: string, b: string, limit: number): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return editsBetween(a.slice(start, a.length - end), b.slice(start, b.length - end), limit) <= limit;
}

/** The number of edits; any number above `limit` when there are more. */
function editsBetween(a: string, b: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let edits = Math.min(changed, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) edits = Math.min(edits, (beforeLast[j - 2] ?? 0) + 1);
      row.push(edits);
      least = Math.min(least, edits);
    }
    if (least > limit) return least;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/**
 * Whether all words of the shorter name (at least `atLeast`) stand in the longer one, in order: side by side, or
 * anywhere when there are four or more.
 */
export function containsTokens(a: readonly string[], b: readonly string[], atLeast: number): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < atLeast || short.length === long.length || !long.includes(short[0] ?? '')) return false;
  if (short.length < 4) return ` ${long.join(' ')} `.includes(` ${short.join(' ')} `);
  let found = 0;
  for (const word of long) if (word === short[found]) found += 1;
  return found === short.length;
}
