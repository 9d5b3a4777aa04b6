import { describe, expect, it } from 'vitest';
import { isGoodMoment, NO_HISTORY, visited } from './goodMoment.ts';

const DAY = 86_400_000;
const now = 20_000 * DAY;

describe('a good moment to offer an install', () => {
  it('is not the first minute of the first visit', () => {
    expect(isGoodMoment(visited(NO_HISTORY, now), now, now + 60_000)).toBe(false);
  });

  it('comes after a while of use, or on the second day', () => {
    expect(isGoodMoment(visited(NO_HISTORY, now), now, now + 10 * 60_000)).toBe(true);
    const twice = visited(visited(visited(NO_HISTORY, now), now + 1_000), now + DAY);
    expect(twice.days).toEqual([20_000, 20_001]);
    expect(isGoodMoment(twice, now + DAY, now + DAY)).toBe(true);
  });

  it('is not for two months after a no', () => {
    const history = { days: [19_999, 20_000], declinedAt: now };
    expect(isGoodMoment(history, now, now + 59 * DAY)).toBe(false);
    expect(isGoodMoment(history, now, now + 61 * DAY)).toBe(true);
  });
});
