import { expect, test } from 'vitest';
import { RetryState } from './retryState.ts';
import { ConnectionState } from './connectionState.ts';
import { ApiError } from './apiClient.ts';

test('a server that can be read and not written to is there: only what is written waits', () => {
  const connectionState = new ConnectionState(() => undefined);
  const retry = new RetryState(connectionState);
  for (const code of ['database-busy', 'disk-full', 'disk-failing']) {
    retry.failed(new ApiError('unavailable', 'Not now', 503, { code }));
    expect(connectionState.connection).toBe('online');
  }
  retry.failed(new ApiError('unavailable', 'Away', 503));
  expect(connectionState.connection).toBe('offline');
});

test('an answer that fails says nothing of whether the server is there', () => {
  const connectionState = new ConnectionState(() => undefined);
  const retry = new RetryState(connectionState);
  retry.failed(new ApiError('not-found', 'There is no such page', 404));
  expect([connectionState.connection, retry.failing]).toEqual(['connecting', true]);
  connectionState.failed(new ApiError('not-found', 'There is no such page', 404));
  retry.failed(new ApiError('internal', 'It broke', 500));
  expect(connectionState.connection).toBe('offline');
  retry.succeeded();
  expect([connectionState.connection, retry.failing]).toEqual(['online', false]);
});
