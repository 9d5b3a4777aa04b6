import { expect, test } from 'vitest';
import type { Hono } from 'hono';
import { addressOf } from '#shared/api/address.ts';
import { API_BASE } from '#shared/api/contract.ts';
import { endpoints } from '#shared/api/endpoints.ts';
import { getAlbum } from '#shared/api/collection.ts';
import { RecoveryReason } from '#shared/api/recovery.ts';
import type { ErrorCode } from '#shared/errors/errorCodes.ts';
import { errorsOf, OpeningCodes } from '../http/routeErrors.ts';
import { silentLog } from '../kit/log.ts';
import { DatabaseUnavailable, UnavailableCodes } from '../library/api/unavailable.ts';
import { openingApp, recoveryApp, waitingApp } from './app.ts';
import { between } from './between.ts';

const options = { token: undefined, corsOrigins: [], webRoot: '/nowhere', log: silentLog, libraryFile: '/nowhere/x' };
/** Whatever is served in the place of the whole app, by what it answers. */
const withoutLibrary: [ErrorCode, Hono][] = [
  ...OpeningCodes.map((code): [ErrorCode, Hono] => [code, openingApp(code, options)]),
  ...UnavailableCodes.map((code): [ErrorCode, Hono] => [code, waitingApp(new DatabaseUnavailable(code), options)]),
  ...RecoveryReason.options.map((reason): [ErrorCode, Hono] => [
    reason,
    recoveryApp(between(options.libraryFile), { reason, message: reason }, options),
  ]),
];

/** The case of the error that an address is answered with; undefined for any other answer. */
async function codeAt(app: Hono, method: string, address: string): Promise<ErrorCode | undefined> {
  const answer = await app.request(address, { method: method.toUpperCase() });
  if (answer.ok || !(answer.headers.get('content-type') ?? '').startsWith('application/json')) return undefined;
  return ((await answer.json()) as { error?: { code: ErrorCode } }).error?.code;
}

test.each(withoutLibrary)('whatever is answered while it is %s is named by the operation', async (code, app) => {
  for (const endpoint of Object.values(endpoints)) {
    const answered = await codeAt(app, endpoint.method, API_BASE + endpoint.path.replaceAll(/:\w+/g, '1'));
    if (answered !== undefined) expect(errorsOf(endpoint), endpoint.operationId).toContain(answered);
  }
  expect(await codeAt(app, 'get', addressOf(getAlbum, { params: { id: 1 } }))).toBe(code);
});
