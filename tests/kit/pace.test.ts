import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { paceFactor, repeated, testLimitMs, waitLimitMs } from './pace.ts';

afterEach(() => vi.unstubAllEnvs());

describe('limits of tests', () => {
  it.each(['1', '3.5', '12'])('end a hanging test within two minutes on a machine %s times as slow', (factor) => {
    vi.stubEnv('AIME_TEST_PACE', factor);
    expect(testLimitMs()).toBeLessThan(120_000);
    expect(waitLimitMs()).toBeLessThan(testLimitMs());
  });

  it('do not trust a factor that no machine has', () => {
    for (const factor of ['0', '-4', '1000', 'slow']) {
      vi.stubEnv('AIME_TEST_PACE', factor);
      expect(paceFactor()).toBeGreaterThanOrEqual(1);
      expect(paceFactor()).toBeLessThanOrEqual(12);
    }
  });

  it('leave a slow machine fewer tries of a property, and never too few', () => {
    vi.stubEnv('AIME_TEST_PACE', '10');
    expect(repeated(200, 5).numRuns).toBe(20);
    expect(repeated(20, 5).numRuns).toBe(5);
  });

  it('end a property that takes too long with what was tried', async () => {
    let tries = 0;
    const slow = fc.asyncProperty(fc.nat(), async () => {
      tries += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    await fc.assert(slow, { ...repeated(10_000, 10_000), interruptAfterTimeLimit: 200 });
    expect(tries).toBeGreaterThan(0);
    expect(tries).toBeLessThan(100);
  });
});
