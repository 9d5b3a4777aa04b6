import { expect, it } from 'vitest';
import type { WorkerState } from '../enrichment/worker.ts';
import { UpstreamError } from '../kit/http/upstreamError.ts';
import { type AskedService, discogsService, lookupWithKeyService } from './serviceStatus.ts';

const WELL: WorkerState = { upstream: 'spotify', state: 'idle', blockedUntil: null, lastError: null, trouble: null };
const worker = (change: Partial<WorkerState>, more: Partial<AskedService> = {}): AskedService => ({
  state: { ...WELL, ...change },
  hasAnswered: true,
  refusal: null,
  isOfTest: false,
  ...more,
});
const reported = (change: Partial<WorkerState>, hasAnswered = true) =>
  lookupWithKeyService('spotify', worker(change, { hasAnswered }));
const refusal = new UpstreamError({ upstream: 'it', kind: 'refused', message: 'No' });
const REFUSED = [{ lastError: 'No', trouble: { code: 'refused' } }, { refusal }] as const;
const SILENT = { lastError: 'Nobody there', trouble: { code: 'unreachable' } };

it('says that it is ready only after an answer, and that it asked for a pause only where it did', () => {
  expect(reported({})).toEqual({ id: 'spotify', status: 'connected', code: 'ready' });
  expect(reported({}, false)).toEqual({ id: 'spotify', status: 'connected', code: 'unasked' });
  const blocked = { state: 'blocked', blockedUntil: 1_700_000_000, lastError: 'It said so' } as const;
  expect(reported({ ...blocked, trouble: { code: 'rate-limited' } })).toEqual({
    id: 'spotify',
    status: 'attention',
    code: 'blocked',
    detail: 'It said so',
    trouble: { code: 'rate-limited' },
  });
  expect(reported({ ...blocked, trouble: { code: 'unreachable' } })).toMatchObject({
    code: 'failing',
    trouble: { code: 'unreachable' },
  });
  expect(reported({ ...blocked, lastError: null }, false)).toEqual({
    id: 'spotify',
    status: 'attention',
    code: 'resting',
  });
  expect(lookupWithKeyService('spotify', worker(...REFUSED))).toMatchObject({ status: 'attention', code: 'refused' });
  expect(reported(SILENT)).toMatchObject({ code: 'failing' });
  expect(lookupWithKeyService('spotify', worker(SILENT, { isOfTest: true }))).toMatchObject({
    status: 'attention',
    code: 'last-failed',
    trouble: { code: 'unreachable' },
  });
});

it('says of Discogs what the import, a look-up or a test came to, the refusal first, and none that is over', () => {
  const done = { state: 'done', lastError: null } as const;
  const brokeOff = { state: 'failed', lastError: 'Not you', trouble: { code: 'refused' } } as const;
  const discogs = (reported: Parameters<typeof discogsService>[1], ...of: Parameters<typeof worker>) =>
    discogsService(true, reported, worker(...of));
  expect(discogs(done, {})).toEqual({ id: 'discogs', status: 'connected', code: 'ready' });
  expect(discogs(done, ...REFUSED)).toEqual({
    id: 'discogs',
    status: 'attention',
    code: 'refused',
    detail: 'No',
    trouble: { code: 'refused' },
  });
  expect(discogs(done, SILENT)).toMatchObject({ code: 'failing', trouble: { code: 'unreachable' } });
  expect(discogs({ state: 'running', lastError: null }, SILENT)).toEqual({
    id: 'discogs',
    status: 'connected',
    code: 'importing',
  });
  expect(discogs(brokeOff, {})).toMatchObject({
    code: 'import-failed',
    detail: 'Not you',
    trouble: { code: 'refused' },
  });
  // The key is taken now; the import broke off all the same.
  expect(discogs({ state: 'failed', lastError: null }, {})).toEqual({
    id: 'discogs',
    status: 'attention',
    code: 'import-failed',
  });
});
