import { UpstreamError, type UpstreamErrorKind } from '#server/kit/http/upstreamError.ts';
import { ROON } from './settings.ts';

/** An error of Roon's, in words a person can act on. */
export const roonFailure = (kind: UpstreamErrorKind, message: string, cause?: unknown): UpstreamError =>
  new UpstreamError({ upstream: ROON, kind, message, cause });
