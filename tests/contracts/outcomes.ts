import { expect } from 'vitest';
import type { UpstreamError } from '#server/kit/http/upstreamError.ts';
import type { Fault } from '#tests/simulators/kit/faults.ts';

/** The failure of a request, which must be an UpstreamError of that service without a secret anywhere in it. */
export async function failureOf(
  request: Promise<unknown>,
  upstream: string,
  secrets: readonly string[],
): Promise<UpstreamError> {
  const error = await request.then(
    () => expect.fail('The request should have failed'),
    (reason: unknown) => reason as UpstreamError,
  );
  expect(error).toMatchObject({ name: 'UpstreamError', upstream });
  const all = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join('\n');
  for (const secret of secrets) expect(all).not.toContain(secret);
  return error;
}

/** How long a client in the tests waits for an answer, in milliseconds: a busy machine answers late. */
export const PATIENT_MS = 30_000;
/** … where the answer never comes. */
export const patienceWith = ({ kind }: Fault): number => (kind === 'hang' ? 1_000 : PATIENT_MS);

/** What can stand between any service and us, and the kind of failure it is when it does not pass. */
export const COMMON_FAULTS: [string, Fault, string][] = [
  ['a problem of its own', { kind: 'status', status: 500, body: '{"message":"Query time exceeded."}' }, 'broken'],
  ["a gateway's page", { kind: 'html', status: 502 }, 'broken'],
  ['a page instead of data', { kind: 'html' }, 'malformed'],
  ['half an answer', { kind: 'cut-json' }, 'malformed'],
  ['an answer that breaks off', { kind: 'truncate' }, 'unreachable'],
  ['an empty answer', { kind: 'empty' }, 'malformed'],
  ['a closed connection', { kind: 'reset' }, 'unreachable'],
  ['silence', { kind: 'hang' }, 'timeout'],
];
