import { afterEach, describe, expect, it, vi } from 'vitest';
import { paceFactor, repetitions, testLimitMs, waitLimitMs } from './pace.ts';

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

  it('leave a slow machine fewer repetitions, and never too few', () => {
    vi.stubEnv('AIME_TEST_PACE', '10');
    expect(repetitions(200, 5)).toBe(20);
    expect(repetitions(20, 5)).toBe(5);
  });
});
