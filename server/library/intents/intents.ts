import { isFarBehind, likelyNow } from '#shared/library/moments.ts';
import type { Intent, IntentDocument, Verdict } from '#shared/sync/intents.ts';
import type { Mutations } from '../api/mutations.ts';
import { trackById } from '../catalogue/trackById.ts';
import type { Core } from '../core.ts';
import { madeWhen } from '../receipts.ts';
import { countDay, dismiss } from './ageing.ts';
import { aliases } from './aliases.ts';
import { byHand } from './byHand.ts';
import { type Arrival, type Effect, type Handler, type Handlers, Refusal } from './handler.ts';
import { merges } from './merges.ts';
import { isNote, keepOutdone, keepReplaced, noteDeleted } from './notes.ts';
import { opinions } from './opinions.ts';
import { isForgotten, isOutdone, pastOutcome } from './past.ts';
import { presence } from './presence.ts';
import { records } from './records.ts';
import { retargeted } from './retarget.ts';
import { storedIntents, storeIntent, subjectOf } from './store.ts';
import { refuse } from './targets.ts';
import { witnesses } from './witnesses.ts';

const handlers: Handlers = { ...opinions, ...presence, ...byHand, ...witnesses, ...merges, ...aliases, ...records };

export function intents(core: Core): Mutations {
  return {
    apply: (documents, deviceNow) => documents.map((document) => applyOnce(core, document, deviceNow)),
    get: (id) => storedIntents(core, [id])[0] ?? null,
    dayPassed: () => countDay(core),
    dismiss: (id) => dismiss(core, id),
  };
}

/** Each intent is a transaction: what is refused leaves nothing but its verdict. */
function applyOnce(
  core: Core,
  { clockOffset, ...document }: IntentDocument,
  deviceNow: number | undefined,
): IntentDocument {
  const known = storedIntents(core, [document.id])[0];
  if (known !== undefined) return known;
  const received = core.received();
  const madeAt = madeWhen({
    madeAt: document.madeAt,
    received,
    ...(clockOffset !== undefined && { offset: clockOffset }),
    ...(deviceNow !== undefined && { deviceNow }),
  });
  const arrived: IntentDocument = { ...document, madeAt };
  const at = Math.floor(received / 1000);
  const past = pastOutcome(core, document.id);
  if (past !== undefined)
    return core.db.transaction(() =>
      storeIntent(core, arrived, { state: 'applied', at, appliedSeq: 0, ...(past.outdone && { outdone: true }) }, null),
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
    const verdict: Verdict = { state: 'refused', at, reason: error.reason, message: error.message };
    return core.db.transaction(() => storeIntent(core, arrived, verdict, null));
  }
}

function apply(core: Core, document: IntentDocument, at: number, arrival: Arrival): IntentDocument {
  const { intent } = document;
  const subject = subjectOf(core, intent);
  const { outdone, kept, ...effect } = effectOf(core, document, subject, arrival);
  core.feed.settle();
  const verdict: Verdict = {
    state: 'applied',
    at,
    // What a device that is in step with the collection has passed, whatever other collections moved with it.
    appliedSeq: core.feed.lastSeqOf(effect.seenIn),
    ...(effect.created !== undefined && { created: effect.created }),
    ...(outdone && { outdone }),
    ...(kept && { kept }),
  };
  return storeIntent(core, document, verdict, subject);
}

type Outcome = Effect & Pick<Extract<Verdict, { state: 'applied' }>, 'outdone' | 'kept'>;

function effectOf(core: Core, document: IntentDocument, subject: string | null, arrival: Arrival): Outcome {
  const { intent } = document;
  const handler = handlers[intent.kind] as Handler<typeof intent.kind>;
  const outdone = subject !== null && isOutdone(core, subject, document);
  if (!outdone && !hasOwnNames(intent) && isForgotten(core, document.madeAt)) {
    refuse(
      'too-old',
      'This was done so long ago that what was done since is not known any more. Do it again, if it still holds.',
    );
  }
  if (noteDeleted(core, document, outdone)) return { seenIn: 'journal', ...(outdone && { outdone }) };
  if (outdone)
    return {
      seenIn: placeOf(core, intent),
      ...(isNote(intent) ? keepOutdone(core, { ...document, intent }, subject) : { outdone }),
    };
  if (isNote(intent) && subject !== null)
    return keepReplaced(core, { ...document, intent }, subject, () => handler(core, intent as never, arrival));
  return handler(core, intent, arrival);
}

/** What it makes or takes away is known by the device's own name for it, however long ago that was. */
const hasOwnNames = ({ kind }: Intent): boolean =>
  kind === 'add-listens' || kind === 'log-named' || kind === 'remove-listens' || kind === 'move-needle';

/** Where a device sees what an intent with a subject decides. */
function placeOf(core: Core, intent: Intent): Effect['seenIn'] {
  if (intent.kind === 'love-track') return trackById(core, intent.trackId)?.albumId === null ? 'artists' : 'albums';
  return intent.kind === 'delete-listen' || intent.kind === 'restore-listen' || intent.kind === 'note-listen'
    ? 'journal'
    : 'albums';
}
