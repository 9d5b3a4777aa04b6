import { isUpstreamError, type UpstreamError } from '../../kit/http/upstreamError.ts';

const KINDS: readonly UpstreamError['kind'][] = ['malformed', 'broken', 'bad-request', 'not-found'];

/** A failure that may be of this one page: the others may be read all the same. Another user's data is no page of this history. */
export const isOfThePage = (error: unknown): error is UpstreamError =>
  isUpstreamError(error) && KINDS.includes(error.kind) && error.code !== 'other-user';
