import { expect, it } from 'vitest';
import type { WorkerState } from '../enrichment/worker.ts';
import { spotifyService } from './serviceStatus.ts';

const WELL: WorkerState = { upstream: 'spotify', state: 'idle', blockedUntil: null, lastError: null, trouble: null };
const told = (change: Partial<WorkerState>, hasAnswered = true) => spotifyService({ state: { ...WELL, ...change }, hasAnswered });

it('says that it is ready only after an answer, and that it asked for a pause only where it did', () => {
  expect(told({})).toEqual({ id: 'spotify', status: 'connected', code: 'ready' });
  expect(told({}, false)).toEqual({ id: 'spotify', status: 'connected', code: 'unasked' });
  const blocked = { state: 'blocked', blockedUntil: 1_700_000_000, lastError: 'It said so' } as const;
  expect(told({ ...blocked, trouble: { code: 'rate-limited' } })).toEqual({ id: 'spotify', status: 'attention', code: 'blocked', detail: 'It said so', trouble: { code: 'rate-limited' } });
  expect(told({ ...blocked, trouble: { code: 'unreachable' } })).toMatchObject({ code: 'failing', trouble: { code: 'unreachable' } });
  expect(told({ ...blocked, lastError: null }, false)).toEqual({ id: 'spotify', status: 'attention', code: 'resting' });
  expect(told({ state: 'refused', lastError: 'No', trouble: { code: 'refused' } })).toMatchObject({ status: 'attention', code: 'refused' });
});
