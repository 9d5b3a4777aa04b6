/**
 * The places of the largest counts above 0, largest first, `limit` of them at the most; `compare` decides between equal ones.
 * One pass that keeps only what may still be among the first.
 */
export function largest(counts: ArrayLike<number>, limit: number, compare: (a: number, b: number) => number): number[] {
  const best: number[] = [];
  const isAhead = (a: number, b: number): boolean =>
    counts[a]! > counts[b]! || (counts[a] === counts[b] && compare(a, b) < 0);
  if (limit > 1000) {
    for (let place = 0; place < counts.length; place++) if (counts[place]! > 0) best.push(place);
    return best.sort((a, b) => (isAhead(a, b) ? -1 : 1)).slice(0, limit);
  }
  for (let place = 0; place < counts.length; place++) {
    if (counts[place]! <= 0) continue;
    if (best.length >= limit && !(limit > 0 && isAhead(place, best[best.length - 1]!))) continue;
    let low = 0;
    let high = best.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isAhead(best[middle]!, place)) low = middle + 1;
      else high = middle;
    }
    best.splice(low, 0, place);
    if (best.length > limit) best.pop();
  }
  return best;
}
