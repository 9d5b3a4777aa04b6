/**
 * True when what was typed is within one error of a word or of its beginning: one letter wrong, missing, too many, or two
 * neighbours swapped.
 */
export function withinOneError(typed: string, word: string): boolean {
  const one = [...typed];
  const other = [...word];
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  if (at === one.length) return true;
  const begins = (rest: string[], from: number) => rest.every((letter, index) => letter === other[from + index]);
  return (
    begins(one.slice(at + 1), at + 1) ||
    begins(one.slice(at + 1), at) ||
    begins(one.slice(at), at + 1) ||
    (one[at] === other[at + 1] && one[at + 1] === other[at] && begins(one.slice(at + 2), at + 2))
  );
}
