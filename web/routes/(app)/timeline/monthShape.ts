import { timeOf, type Heard, type Stretch } from './dayShape.ts';

/** The record of a day that played longest, in all its sittings, with the listens of all of them; of several as long the first. Nothing where nothing played. */
export function longestOf<T extends Heard>(
  stretches: readonly Stretch<T>[],
): { stretch: Stretch<T>; others: number } | undefined {
  const sittings = new Map<string, { stretch: Stretch<T>; seconds: number }>();
  for (const stretch of stretches) {
    const { key } = stretch.listens[0]!;
    const known = sittings.get(key);
    const seconds = timeOf([stretch]).seconds + (known?.seconds ?? 0);
    sittings.set(key, {
      stretch: known ? { ...known.stretch, listens: [...known.stretch.listens, ...stretch.listens] } : stretch,
      seconds,
    });
  }
  const [longest] = [...sittings.values()].sort((a, b) => b.seconds - a.seconds);
  return longest && { stretch: longest.stretch, others: sittings.size - 1 };
}
