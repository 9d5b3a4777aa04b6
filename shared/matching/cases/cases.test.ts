import { describe, expect, it } from 'vitest';
import type { Outcome } from './evaluate.ts';
import { albumOutcomes, listenOutcomes, setOutcomes } from './evaluate.ts';

const TABLES: readonly (readonly [string, Outcome[]])[] = [
  ['same listen', listenOutcomes()],
  ['evenings', setOutcomes()],
  ['heard against owned albums', albumOutcomes()],
];

describe.each(TABLES)('%s', (_, outcomes) => {
  it.each(outcomes)('$group: $about', ({ expected, verdict, knownMiss, one, other, reasons }) => {
    const told = `${one}\n${other}\n${reasons.map((reason) => `${reason.code} ${reason.weight}`).join(', ')}`;
    expect(verdict, told).toBe(knownMiss?.says ?? expected);
    if (knownMiss !== undefined) expect(verdict, 'no longer a miss').not.toBe(expected);
  });
});
