import type { ShelfAnswer } from '$lib/library/shelfAnswer.ts';

/** The answer in one word, for the sentence that leads. */
export function shelfStatusOf({
  albums,
  pressings,
}: ShelfAnswer): 'owned' | 'wanted' | 'heard' | 'pressing' | 'unknown' {
  const [first] = albums;
  if (first?.owned) return 'owned';
  if (pressings.some(({ owned }) => owned)) return 'pressing';
  if (first) return first.wanted ? 'wanted' : 'heard';
  const [other] = pressings;
  if (!other) return 'unknown';
  return other.wanted ? 'wanted' : 'heard';
}
