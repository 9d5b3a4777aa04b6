import type { SimulatedAnswer } from '../kit/exchange.ts';

/** What a method refuses, with Last.fm's own number. */
export class LastfmApiError extends Error {
  readonly code: number;
  constructor(code: number, message?: string) {
    super(message ?? MESSAGES[code] ?? 'Unknown error');
    this.code = code;
  }
}

const MESSAGES: Record<number, string> = {
  3: 'Invalid Method - No method with that name in this package',
  4: 'Authentication Failed - You do not have permissions to access the service',
  6: 'Invalid parameters - Your request is missing a required parameter',
  8: 'Operation failed - Most likely the backend service failed. Please try again.',
  9: 'Invalid session key - Please re-authenticate',
  10: 'Invalid API key - You must be granted a valid key by last.fm',
  11: 'Service Offline - This service is temporarily offline. Try again later.',
  13: 'Invalid method signature supplied',
  14: 'Unauthorized Token - This token has not been authorized',
  15: 'This token has expired',
  16: 'There was a temporary error processing your request. Please try again',
  17: 'Login: User required to be logged in',
  26: 'Suspended API key - Access for your account has been suspended, please contact Last.fm',
  29: 'Rate limit exceeded - Your IP has made too many requests in a short period',
};

const STATUSES: Record<number, number> = {
  8: 500,
  11: 503,
  16: 503,
  17: 403,
  29: 429,
  9: 403,
  10: 403,
  13: 403,
  14: 403,
  15: 403,
  26: 403,
  4: 403,
};

/** The body with a status that the real one was seen to use; any error may also come with 200. */
export const errorAnswer = (code: number, message?: string, status?: number): SimulatedAnswer => ({
  status: status ?? STATUSES[code] ?? (message?.includes('not found') ? 404 : 400),
  json: { message: message ?? MESSAGES[code] ?? 'Unknown error', error: code },
});
