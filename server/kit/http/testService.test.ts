import { expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { UpstreamHttp } from './upstreamHttp.ts';
import { testService } from './testService.ts';

/** Nobody listens there. */
const NOWHERE = new URL('http://127.0.0.1:1/');

test('a person who asks again while we leave a failing service alone gets the result of asking, not that it is paused', async () => {
  const http = new UpstreamHttp({ upstream: 'Last.fm', clock: systemClock, userAgent: 'test', retries: 0 });
  for (let failure = 0; failure < 5; failure += 1) await http.request({ url: NOWHERE }).catch(() => undefined);
  await expect(http.request({ url: NOWHERE })).rejects.toMatchObject({ kind: 'resting' });

  const answer = await testService(
    http,
    async () => ({ message: (await http.request({ url: NOWHERE })).text() }),
    () => undefined,
  );
  expect(answer).toMatchObject({ ok: false, problem: { code: 'service-unreachable', params: { service: 'Last.fm' } } });
});

test('a pause that the service asked for is respected, whoever asks', async () => {
  const http = new UpstreamHttp({ upstream: 'Last.fm', clock: systemClock, userAgent: 'test', retries: 0 });
  http.blockedUntil = systemClock.now() + 60_000;
  const answer = await testService(
    http,
    async () => ({ message: (await http.request({ url: NOWHERE })).text() }),
    () => undefined,
  );
  expect(answer).toMatchObject({ ok: false, problem: { code: 'service-rate-limited' } });
});
