import type { RecoveryStatus } from '#shared/api/recovery.ts';
import { HttpError } from '../kit/http/httpError.ts';
import type { RecoveryActions } from '../http/recoveryActions.ts';

/** Why nothing is served for a moment: the library's file was exchanged, or is not there. */
export const BETWEEN = {
  reason: 'missing',
  message: 'The library’s file was exchanged or taken away: what is there now is being opened',
} as const;

/** The rebuilding API for that moment, in which nobody can do anything. */
export function between(file: string): RecoveryActions {
  const status: RecoveryStatus = {
    state: 'recovery',
    loss: null,
    ...BETWEEN,
    file,
    formerLife: null,
    backups: [],
    rebuilding: null,
    working: 'finish',
    failure: null,
  };
  const refuse = (): never => {
    throw new HttpError({ code: 'library-exchanged' });
  };
  return {
    status: () => Promise.resolve(status),
    restore: async () => refuse(),
    beginAnew: refuse,
    rebuild: refuse,
    take: async () => refuse(),
    finish: refuse,
  };
}
