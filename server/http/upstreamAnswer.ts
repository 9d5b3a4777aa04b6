import type { UpstreamError } from '../kit/http/upstreamError.ts';
import { HttpError } from './httpError.ts';

/** What its client says where nobody has connected the service. */
const NOT_CONNECTED: readonly unknown[] = ['not-configured', 'no-credentials', 'no-consumer'];

/** What another service answered or did not, as an answer: no fault of this server. Its own words are in the message. */
export function upstreamAnswer({ upstream: service, kind, code, values = {}, message }: UpstreamError): HttpError {
  if (code === 'model-unknown' && values.model !== undefined) return new HttpError({ code, params: { model: values.model } }, { message });
  if (code === 'cap-reached' && values.cap !== undefined) return new HttpError({ code, params: { cap: values.cap } }, { message });
  if (code === 'no-text') return new HttpError({ code, params: { service } }, { message });
  if (NOT_CONNECTED.includes(code)) return new HttpError({ code: 'service-not-connected', params: { service } }, { message });
  return new HttpError({ code: `service-${kind}`, params: { service } }, { message });
}
