/**
 * Remembers what a pure function made of a text, because a history names the same artist and title thousands of times.
 * Forgets everything when `limit` texts are kept, so that memory stays bounded.
 */
export function remembered<T>(make: (text: string) => T, limit = 50_000): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (kept.size >= limit) kept.clear();
    kept.set(text, made);
    return made;
  };
}
