import { isFarBehind, likelyNow } from '#shared/primitives/moments.ts';
import type { MutationDocument, MutationResult } from '#shared/mutations/document.ts';
import { definitionOf } from '#shared/mutations/registry.ts';
import type { Mutations } from '../api/mutations.ts';
import type { Core } from '../core.ts';
import { madeWhen } from './receipts.ts';
import { countDay, dismiss } from './ageing.ts';
import { conflictKeyOf } from './conflictKeys.ts';
import type { Arrival, Outcome } from './definition.ts';
import { isForgotten, isSuperseded, pastOutcome } from './mutationHistory.ts';
import { Refusal } from './refusal.ts';
import { handlerOf } from './registry.ts';
import { retargeted } from './retarget.ts';
import { storedMutations, storeMutation } from './store.ts';
import { refuse } from './targets.ts';

export function mutations(core: Core): Mutations {
  return {
    apply: (documents, deviceNow) => documents.map((document) => applyOnce(core, document, deviceNow)),
    get: (id) => storedMutations(core, [id])[0] ?? null,
    dayPassed: () => countDay(core),
    dismiss: (id) => dismiss(core, id),
  };
}

/** Applying is idempotent: a mutation is applied once, by its id. Each is a transaction: what is refused leaves nothing but its result. */
function applyOnce(
  core: Core,
  { clockOffset, ...document }: MutationDocument,
  deviceNow: number | undefined,
): MutationDocument {
  const known = storedMutations(core, [document.id])[0];
  if (known !== undefined) return known;
  const received = core.received();
  const madeAt = madeWhen({
    madeAt: document.madeAt,
    received,
    ...(clockOffset !== undefined && { offset: clockOffset }),
    ...(deviceNow !== undefined && { deviceNow }),
  });
  const arrived: MutationDocument = { ...document, madeAt };
  const at = Math.floor(received / 1000);
  const past = pastOutcome(core, document.id);
  if (past !== undefined)
    return core.db.transaction(() =>
      storeMutation(
        core,
        arrived,
        { state: 'applied', at, appliedSeq: 0, ...(past.outdone && { outdone: true }) },
        null,
      ),
    );
  const now = likelyNow(core.time(), deviceNow);
  const isBehind = deviceNow !== undefined && isFarBehind(deviceNow + (clockOffset ?? 0), now);
  const aheadSeconds = Math.max(0, Math.round((document.madeAt - madeAt) / 1000));
  const arrival = {
    now,
    deviceNow,
    madeAt,
    aheadSeconds,
    madeBehind: isBehind ? document.madeAt : undefined,
    fromFormerLife: document.epoch !== undefined && document.epoch !== core.feed.epoch,
  };
  try {
    return core.db.transaction(() => apply(core, retargeted(core, arrived), at, arrival));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const result: MutationResult = { state: 'refused', at, reason: error.reason, message: error.message };
    return core.db.transaction(() => storeMutation(core, arrived, result, null));
  }
}

type Times = Omit<Arrival, 'document' | 'conflictKey'>;

function apply(core: Core, document: MutationDocument, at: number, times: Times): MutationDocument {
  const conflictKey = conflictKeyOf(core, document.intent);
  const { outdone: superseded, kept: text, ...effect } = outcomeOf(core, { ...times, document, conflictKey });
  core.feed.settle();
  const result: MutationResult = {
    state: 'applied',
    at,
    // What a device that is in step with the collection has passed, whatever other collections moved with it.
    appliedSeq: core.feed.lastSeqOf(effect.seenIn),
    ...(effect.created !== undefined && { created: effect.created }),
    ...(superseded && { outdone: superseded }),
    ...(text && { kept: text }),
  };
  return storeMutation(core, document, result, conflictKey);
}

function outcomeOf(core: Core, arrival: Arrival): Outcome {
  const { document, conflictKey } = arrival;
  const { intent: mutation } = document;
  const handler = handlerOf(mutation);
  if (conflictKey !== null && isSuperseded(core, conflictKey, document)) {
    const [seenIn] = definitionOf(mutation).shownIn;
    return handler.superseded?.(core, mutation, arrival) ?? { seenIn, outdone: true };
  }
  if (!handler.hasOwnName && isForgotten(core, document.madeAt)) {
    refuse(
      'too-old',
      'This was done so long ago that what was done since is not known any more. Do it again, if it still holds.',
    );
  }
  return handler.apply(core, mutation, arrival);
}
