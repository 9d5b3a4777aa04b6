import { describe, expect, it } from 'vitest';
import type { Outcome } from './evaluate.ts';
import { albumOutcomes, listenOutcomes, setOutcomes } from './evaluate.ts';

const TABLES: readonly (readonly [string, Outcome[]])[] = [
  ['same listen', listenOutcomes()],
  ['evenings', setOutcomes()],
  ['heard against owned albums', albumOutcomes()],
];

describe.each(TABLES)('%s', (_, outcomes) => {
  it.each(outcomes)('$group: $about', ({ expected, decision, knownMiss, one, other, reasons }) => {
    const description = `${one}\n${other}\n${reasons.map((reason) => `${reason.code} ${reason.weight}`).join(', ')}`;
    expect(decision, description).toBe(knownMiss?.says ?? expected);
    if (knownMiss !== undefined) expect(decision, 'no longer a miss').not.toBe(expected);
  });
});
