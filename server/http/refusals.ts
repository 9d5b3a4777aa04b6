import type { ConfigError } from '../config.ts';
import { HttpError } from '../kit/http/httpError.ts';
import type { DatabaseUnavailable } from '../library/api/unavailable.ts';

/** A change of the settings that was refused. @param field what it is called in the request. */
export const refusedSetting = ({ problem, message, key }: ConfigError, field = key) =>
  new HttpError(problem, { field, message });

/** What the database cannot do at the moment, as an answer. */
export const unavailable = ({ code, message }: DatabaseUnavailable) =>
  new HttpError({ code }, { message, retryAfterSeconds: code === 'database-busy' ? 2 : 30 });
