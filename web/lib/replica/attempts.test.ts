import { expect, test } from 'vitest';
import { Attempts } from './attempts.ts';
import { Outage } from './outage.ts';
import { ApiError } from './wire.ts';

test('a server that can be read and not written to is there: only what is written waits', () => {
  const outage = new Outage(() => undefined);
  const attempts = new Attempts(outage);
  for (const code of ['database-busy', 'disk-full', 'disk-failing']) {
    attempts.failed(new ApiError('unavailable', 'Not now', 503, { code }));
    expect(outage.connection).toBe('online');
  }
  attempts.failed(new ApiError('unavailable', 'Away', 503));
  expect(outage.connection).toBe('offline');
});

test('an answer that fails says nothing of whether the server is there', () => {
  const outage = new Outage(() => undefined);
  const attempts = new Attempts(outage);
  attempts.failed(new ApiError('not-found', 'There is no such page', 404));
  expect([outage.connection, attempts.failing]).toEqual(['connecting', true]);
  outage.failed(new ApiError('not-found', 'There is no such page', 404));
  attempts.failed(new ApiError('internal', 'It broke', 500));
  expect(outage.connection).toBe('offline');
  attempts.succeeded();
  expect([outage.connection, attempts.failing]).toEqual(['online', false]);
});
