import { cut } from '../text/cut.ts';

/** Characters of a name that are read; names come from outside, and some patterns take the square of the length. */
export const LONGEST_NAME = 500;

/**
 * Remembers what a pure function made of a text, because a history names the same artist and title thousands of times.
 * Forgets everything when it holds `limit` texts, and reads no more of a text than its first LONGEST_NAME characters,
 * so that memory and time stay bounded.
 */
export function remembered<T>(make: (text: string) => T, limit = 50_000): (text: string) => T {
  const cache = new Map<string, T>();
  return (whole) => {
    const text = whole.length > LONGEST_NAME ? cut(whole, LONGEST_NAME, LONGEST_NAME) : whole;
    const known = cache.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (cache.size >= limit) cache.clear();
    cache.set(text, made);
    return made;
  };
}
