import { expect, test } from 'vitest';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';
import { CircuitBreaker } from './http/circuitBreaker.ts';
import { RateLimiter } from './http/rateLimiter.ts';
import { UpstreamHttp } from './http/upstreamHttp.ts';
import { watchClock } from './clockWatch.ts';
import { silentLog } from './log.ts';

const DAYS = 3 * 86_400_000;

test('the clock is set back three days: the next request goes at its pace, and a breaker probes when it would have', async () => {
  const clock = new SimulatedClock('2026-05-10T12:00:00Z');
  const rateLimiter = new RateLimiter(clock, 1_000);
  const breaker = new CircuitBreaker(clock, { threshold: 1, firstPauseMs: 15_000 });
  await rateLimiter.turn();
  breaker.failed();
  await clock.set(-DAYS);
  let turns = 0;
  void rateLimiter.turn().then(() => (turns += 1));
  await clock.pass(1_000);
  expect(turns).toBe(1);
  await clock.pass(14_000);
  expect(breaker.waitMs()).toBe(0);
});

test('a pause that a service asked for lasts as long as it asked, however the clock is set; a person may end it', async () => {
  const clock = new SimulatedClock('2026-05-10T12:00:00Z');
  const http = new UpstreamHttp({ upstream: 'Somebody', clock, userAgent: 'test' });
  http.blockedUntil = clock.now() + 7_200_000;
  await clock.set(-DAYS);
  expect(http.blockedUntil - clock.now()).toBe(7_200_000);
  await clock.set(2 * DAYS);
  expect(http.blockedUntil - clock.now()).toBe(7_200_000);
  http.blockedUntil = 0;
  expect(http.blockedUntil).toBe(0);
});

test('a clock that is set is noticed, either way, once', async () => {
  const clock = new SimulatedClock('2026-05-10T12:00:00Z');
  const jumps: number[] = [];
  const watch = watchClock(clock, silentLog, (byMs) => jumps.push(byMs / 1000));
  watch.start();
  await clock.pass(60_000);
  await clock.set(-DAYS);
  await clock.pass(60_000);
  await clock.set(3_600_000);
  await clock.pass(60_000);
  expect(jumps).toEqual([-DAYS / 1000, 3_600]);
  await watch.stop();
});
