import { HttpError } from '../http/httpError.ts';
import type { RecoveryDesk } from '../http/routes/recovery.ts';
import type { Library } from '../library/contract.ts';

/** The desk while there is a library: devices may add what only they have. */
export function nothingLost(library: Library): RecoveryDesk {
  const refuse = (): never => {
    throw new HttpError('conflict', 'There is a library, and it is served: a backup is brought back from Settings');
  };
  return {
    status: () =>
      Promise.resolve({ state: 'none', reason: null, message: null, file: library.file, formerLife: null, backups: [], rebuilding: null, working: null, failure: null }),
    restore: async () => refuse(),
    beginAnew: refuse,
    rebuild: refuse,
    take: (collection, documents, epoch) => library.rebuild.take(collection, documents, epoch === undefined ? {} : { life: epoch }),
    finish: refuse,
  };
}
