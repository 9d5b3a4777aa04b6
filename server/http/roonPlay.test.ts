import { expect, test } from 'vitest';
import { API_BASE } from '#shared/api/contract.ts';
import { UpstreamError } from '../kit/http/upstreamError.ts';
import type { Library } from '../library/api/library.ts';
import type { RoonTracker } from '../trackers/roon/tracker.ts';
import { roonRoutes } from './routes/roon.ts';
import { httpAppForTest } from './testing/httpApp.ts';

test('a Core that is asked to play and does not do it is answered with as the failure of another service', async () => {
  const failure = new UpstreamError({ upstream: 'Roon', kind: 'timeout', message: 'Roon did not answer in time' });
  const tracker = { status: () => ({ paired: true }), play: () => Promise.reject(failure) };
  const library = { reads: { album: () => ({ title: 'Lumières', artists: [{ name: 'Mélodie Varga' }] }) } };
  const routes = roonRoutes(tracker as unknown as RoonTracker, library as unknown as Library, {
    rename: () => undefined,
    hide: () => undefined,
  });
  const answer = await httpAppForTest({ routes }).request(`${API_BASE}/services/roon/play`, {
    method: 'POST',
    body: JSON.stringify({ zoneId: 'a', albumId: 1 }),
  });
  expect([answer.status, await answer.json()]).toEqual([
    502,
    { error: { kind: 'upstream', code: 'service-timeout', message: failure.message, params: { service: 'Roon' } } },
  ]);
});
