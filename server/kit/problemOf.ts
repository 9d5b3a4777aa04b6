import type { CodedError } from '#shared/errors/errorCodes.ts';
import { isUpstreamError, type UpstreamError } from './http/upstreamError.ts';

/** What its client says where nobody has connected the service. */
const NOT_CONNECTED: readonly unknown[] = ['not-configured', 'no-credentials', 'no-consumer'];

/** Whether nobody was asked, since what it takes to ask is missing. */
export const isNotConnected = ({ code }: UpstreamError): boolean => NOT_CONNECTED.includes(code);

/** Any failure as a registered case: what an error says of itself, what another service did or did not, else the server's own fault. */
export function problemOf(error: unknown): CodedError {
  if (isUpstreamError(error)) return upstreamProblem(error);
  const { problem } = error instanceof Error ? (error as Error & { problem?: CodedError }) : {};
  return problem ?? { code: 'internal' };
}

function upstreamProblem(error: UpstreamError): CodedError {
  const { upstream: service, kind, code, values = {} } = error;
  if (code === 'model-unknown' && values.model !== undefined) return { code, params: { model: values.model } };
  if (code === 'cap-reached' && values.cap !== undefined) return { code, params: { cap: values.cap } };
  if (code === 'no-text') return { code, params: { service } };
  if (code === 'declined' && values.words !== undefined)
    return { code: 'text-declined', params: { service, words: values.words } };
  if (code === 'other-words' && values.words !== undefined)
    return { code: 'text-other-words', params: { service, words: values.words } };
  if (code === 'withheld' || code === 'cut-off' || code === 'not-as-asked')
    return { code: `text-${code}`, params: { service } };
  if (code === 'missing-scope' || code === 'no-credit' || code === 'wrong-address')
    return { code: `service-${code}`, params: { service } };
  if (code === 'nothing-to-choose' || code === 'no-track-chosen') return { code };
  if (error.refuses !== undefined) return { code: `service-${error.refuses}`, params: { service } };
  if (isNotConnected(error)) return { code: 'service-not-connected', params: { service } };
  return { code: `service-${kind}`, params: { service } };
}
