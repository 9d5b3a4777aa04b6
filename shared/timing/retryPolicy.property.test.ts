import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryPause, type RetryPolicy } from './retryPolicy.ts';

const policies: fc.Arbitrary<RetryPolicy> = fc
  .record({
    first: fc.integer({ min: 1, max: 60_000 }),
    beyond: fc.integer({ min: 0, max: 10_000_000 }),
    growth: fc.constantFrom<RetryPolicy['growth'][]>(undefined, 1, 1.5, 2, 3, 4, 'linear'),
    jitter: fc.constantFrom(undefined, 0, 0.1, 0.25, 1),
  })
  .map(({ first, beyond, growth, jitter }) => ({
    first,
    longest: first + beyond,
    ...(growth !== undefined && { growth }),
    ...(jitter !== undefined && { jitter }),
  }));
const failures = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }));
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a pause begins at the first, never shrinks from one failure to the next, and never exceeds the longest but for its jitter', () => {
  fc.assert(
    fc.property(policies, failures, (policy, count) => {
      const steady = { ...policy, jitter: 0 };
      expect(retryPause(steady, 1)).toBe(policy.first);
      const [one, next] = [retryPause(steady, count), retryPause(steady, count + 1)];
      expect(Number.isFinite(one)).toBe(true);
      expect(one).toBeGreaterThanOrEqual(policy.first);
      expect(next).toBeGreaterThanOrEqual(one);
      expect(next).toBeLessThanOrEqual(policy.longest);
    }),
  );
});

test('chance moves a pause by no more than its jitter, either way', () => {
  fc.assert(
    fc.property(policies, failures, chance, (policy, count, random) => {
      const steady = retryPause({ ...policy, jitter: 0 }, count);
      const share = policy.jitter ?? 0;
      const pause = retryPause(policy, count, random);
      expect(pause).toBeGreaterThanOrEqual(steady * (1 - share) * (1 - 1e-12));
      expect(pause).toBeLessThanOrEqual(steady * (1 + share) * (1 + 1e-12));
    }),
  );
});

test.each<[string, RetryPolicy, number[]]>([
  ['doubles', { first: 10, longest: 100 }, [10, 20, 40, 80, 100, 100]],
  ['grows by its factor', { first: 500, longest: 4_000, growth: 3 }, [500, 1_500, 4_000, 4_000]],
  ['grows by its first', { first: 5, longest: 25, growth: 'linear' }, [5, 10, 15, 20, 25, 25]],
])('it %s', (_, policy, pauses) => {
  expect(pauses.map((_pause, index) => retryPause(policy, index + 1))).toEqual(pauses);
});
