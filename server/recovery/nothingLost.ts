import { HttpError } from '../kit/http/httpError.ts';
import type { Library } from '../library/api/library.ts';
import type { RecoveryActions } from '../http/recoveryActions.ts';
import { meantForAnother } from './loss.ts';
import { lossMadeGood } from './rebuilding.ts';

/** The rebuilding API while there is a library: devices may add what only they have. */
export function nothingLost(library: Library): RecoveryActions {
  const refuse = (): never => {
    throw new HttpError({ code: 'library-served' });
  };
  return {
    status: () =>
      Promise.resolve({
        state: 'none',
        loss: null,
        reason: null,
        message: null,
        file: library.file,
        formerLife: null,
        backups: [],
        rebuilding: null,
        working: null,
        failure: null,
      }),
    restore: async () => refuse(),
    beginAnew: refuse,
    rebuild: refuse,
    async take(collection, documents, { epoch, into }) {
      // A device that gave together with the one that was done first adds what only it has.
      if (into !== undefined && into !== library.life.epoch && into !== lossMadeGood(library))
        throw meantForAnother('into');
      return library.rebuild.take(collection, documents, epoch === undefined ? {} : { life: epoch });
    },
    finish(loss) {
      if (loss === undefined || loss !== lossMadeGood(library)) refuse();
    },
  };
}
