import { createHash } from 'node:crypto';
import type { SimulatedRequest } from '../kit/exchange.ts';
import { LastfmApiError } from './apiError.ts';

/** A call of a method, its key checked. */
export interface Call {
  method: string;
  posted: boolean;
  parameters: Record<string, string>;
  /** A right signature came with it. */
  signed: boolean;
}

/**
 * Reads a request as the API does: from the query and the form, key and signature checked.
 * @throws LastfmApiError 6, 10, 13
 */
export function readCall(request: SimulatedRequest, apiKey: string, secret: string): Call {
  const parameters = Object.fromEntries([...request.query, ...request.form]);
  const { method, api_key: key, api_sig: signature } = parameters;
  if (!method || !key) throw new LastfmApiError(6);
  if (key !== apiKey) throw new LastfmApiError(10);
  if (signature !== undefined && signature !== expectedSignature(parameters, secret)) throw new LastfmApiError(13);
  return { method, posted: request.method === 'POST', parameters, signed: signature !== undefined };
}

/** last.fm/api/authspec, section 8: written here a second time, so that the client is held to the rule and not to itself. */
function expectedSignature(parameters: Record<string, string>, secret: string): string {
  const hash = createHash('md5');
  const names = Object.keys(parameters).filter((name) => !['format', 'callback', 'api_sig'].includes(name));
  for (const name of names.sort()) hash.update(`${name}${parameters[name]}`, 'utf8');
  return hash.update(secret, 'utf8').digest('hex');
}

/** A whole number of a parameter, or the default. */
export function whole(call: Call, name: string): number | undefined {
  const text = call.parameters[name];
  if (text === undefined || text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw new LastfmApiError(6, `${name} param is not a number`);
  return Number(text);
}

export function text(call: Call, name: string): string {
  const value = call.parameters[name];
  if (!value) throw new LastfmApiError(6);
  return value;
}
