import { describe, expect, it } from 'vitest';
import { DailyCap } from './dailyCap.ts';

const DAY = 86_400;
type StoredCount = ReturnType<ConstructorParameters<typeof DailyCap>[0]['count']['get']>;

function openCap(isSpread: boolean, most = 4, before?: StoredCount) {
  const at = { now: 10 * DAY, most, offset: 0 };
  let stored: StoredCount = before;
  const clock = { now: () => at.now * 1000, elapsed: () => 0, sleep: () => Promise.resolve() };
  const open = () =>
    new DailyCap({
      clock,
      isSpread,
      upstream: 'EurIA',
      count: { get: () => stored, set: (count) => void (stored = count) },
      most: () => at.most,
      dayOf(seconds) {
        const start = Math.floor((seconds + at.offset) / DAY) * DAY - at.offset;
        return { start, end: start + DAY };
      },
      sentence: (all) => `${all} are written`,
    });
  return { at, open, cap: open() };
}

describe('what a service may be asked a day', () => {
  it('may come at once, and is over until tomorrow, or until more is allowed', () => {
    const { at, cap } = openCap(false);
    for (let n = 0; n < 4; n += 1) cap.take();
    expect(cap.usage()).toEqual({ used: 4, cap: 4 });
    at.now += 100;
    expect(cap.waitSeconds()).toBe(DAY - 100);
    expect(() => cap.take()).toThrow(
      expect.objectContaining({
        code: 'cap-reached',
        values: { cap: 4 },
        retryAfterSeconds: DAY - 100,
        message: '4 are written',
      }),
    );
    at.most = 5;
    expect(cap.waitSeconds()).toBe(0);
    cap.take();
    at.now += DAY;
    expect(cap.usage()).toEqual({ used: 0, cap: 5 });
  });

  it('is spread over the day where nobody waits for it: a share of it lies between any two, over a restart and midnight too', () => {
    const { at, open, cap } = openCap(true);
    at.now += DAY - 60;
    cap.take();
    expect(cap.waitSeconds()).toBe(DAY / 4);
    at.now += 100;
    expect(open().usage().used).toBe(0);
    expect(open().waitSeconds()).toBe(DAY / 4 - 100);
    at.most = 100_000;
    expect(cap.waitSeconds()).toBe(0);
  });

  it('is no longer waited for than that, however the clock is set', () => {
    const { at, cap } = openCap(true);
    at.now += 10 * DAY;
    cap.take();
    at.now -= 5 * DAY;
    expect(cap.waitSeconds()).toBe(DAY / 4);
  });

  it.each([false, true])(
    'counts nothing that was given back, and waits for nothing after it (spread: %s)',
    (isSpread) => {
      const { at, open, cap } = openCap(isSpread);
      cap.take()();
      expect(cap.usage().used).toBe(0);
      expect(cap.waitSeconds()).toBe(0);
      cap.take();
      at.now += DAY / 4;
      const refund = cap.take();
      at.now += DAY / 4;
      open().take();
      refund();
      expect(cap.usage().used).toBe(2);
      expect(cap.waitSeconds()).toBe(isSpread ? DAY / 4 : 0);
    },
  );

  it('that is none is nothing', () => {
    const { cap } = openCap(true, 0);
    expect(cap.waitSeconds()).toBeGreaterThan(0);
    expect(() => cap.take()).toThrow();
  });

  it.each([-11, -5, 0, 5, 11])('is not freed by another time zone, at any hour of the day: from %s hours', (from) => {
    for (let hour = 0; hour < 24; hour += 1) {
      for (const to of [-12, -4, 0, 3, 13]) {
        const { at, cap } = openCap(false);
        at.offset = from * 3_600;
        at.now -= at.offset;
        for (let n = 0; n < 4; n += 1) cap.take();
        at.now += hour * 3_600;
        at.offset = to * 3_600;
        expect(cap.usage().used).toBe(4);
        expect(() => cap.take()).toThrow();
        at.now += cap.waitSeconds();
        expect(cap.usage().used).toBe(0);
      }
    }
  });

  it('counts what an earlier version counted, on that day', () => {
    const { at, cap } = openCap(false, 4, { day: '10', count: 3, last: 10 * DAY + 60 });
    at.now += 3_600;
    expect(cap.usage().used).toBe(3);
    cap.take();
    expect(cap.usage().used).toBe(4);
    at.now += DAY;
    expect(cap.usage().used).toBe(0);
  });
});
