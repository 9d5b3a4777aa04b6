import type { Reresolution, ReresolveOptions } from '../api/reresolve.ts';
import { catalogue } from '../catalogue/reported.ts';
import { type Core, listed } from '../core.ts';
import { evidence } from './evidence.ts';
import { resolve } from './resolve.ts';
import { type ListenFacts, listenFacts, whatChanged } from './whatChanged.ts';

/** Reports of one transaction. */
const SLICE = 500;

/**
 * Applies today's rule to the whole evidence, oldest first, after the rule changed: manual decisions hold, listens keep their
 * ids, what was deleted or archived stays so. Each slice is a transaction; cut off, it can be begun again.
 */
export async function reresolve(core: Core, { onProgress, breathe }: ReresolveOptions = {}): Promise<Reresolution> {
  const before = listenFacts(core);
  const ids = core.db
    .rows<[number]>(`SELECT id FROM scrobbles WHERE state <> 'withdrawn' ORDER BY played_at, id`)
    .map(([id]) => id);
  for (let done = 0; done < ids.length; done += SLICE) {
    core.db.transaction(() => {
      resolve(core, catalogue(core), evidence.byIds(core, listed(ids.slice(done, done + SLICE))));
    });
    onProgress?.(Math.min(done + SLICE, ids.length), ids.length);
    await breathe?.();
  }
  const after: ListenFacts = listenFacts(core);
  return {
    reports: ids.length,
    listensBefore: before.listens.size,
    listensAfter: after.listens.size,
    ...whatChanged(before, after),
  };
}
