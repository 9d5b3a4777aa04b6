import type { Intent, IntentDocument, Verdict } from '#shared/sync/intents.ts';
import { nowSeconds } from '../../kit/clock.ts';
import type { Intents } from '../contract.ts';
import { trackById } from '../catalogue/trackById.ts';
import type { Core } from '../core.ts';
import { findFormer } from '../formerIds.ts';
import { aliases } from './aliases.ts';
import { byHand } from './byHand.ts';
import { type Effect, type Handler, type Handlers, Refusal } from './handler.ts';
import { merges } from './merges.ts';
import { opinions } from './opinions.ts';
import { presence } from './presence.ts';
import { records } from './records.ts';
import { storedIntents } from './store.ts';
import { albumIdOf } from './targets.ts';
import { witnesses } from './witnesses.ts';

const handlers: Handlers = { ...opinions, ...presence, ...byHand, ...witnesses, ...merges, ...aliases, ...records };

export function intents(core: Core): Intents {
  const { db } = core;
  return {
    apply: (documents) => documents.map((document) => applyOnce(core, document)),
    get: (id) => storedIntents(core, [id])[0] ?? null,
    purge: (olderThanSeconds) =>
      db.transaction(() => {
        const old = db.rows<[string]>('DELETE FROM intents WHERE applied_at < ? RETURNING id', nowSeconds(core.clock) - olderThanSeconds);
        for (const [id] of old) core.feed.touch('intents', id, true);
        return old.length;
      }),
  };
}

/** Each intent is a transaction: what is refused leaves nothing but its verdict. */
function applyOnce(core: Core, document: IntentDocument): IntentDocument {
  const known = storedIntents(core, [document.id])[0];
  if (known !== undefined) return known;
  try {
    return core.db.transaction(() => apply(core, document));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const verdict: Verdict = { state: 'refused', at: nowSeconds(core.clock), reason: error.reason, message: error.message };
    return core.db.transaction(() => store(core, document, verdict, null));
  }
}

function apply(core: Core, document: IntentDocument): IntentDocument {
  const { intent } = document;
  const subject = subjectOf(core, intent);
  const handler = handlers[intent.kind] as Handler<typeof intent.kind>;
  const effect: Effect = isOutdone(core, subject, document) ? { seenIn: placeOf(core, intent) } : handler(core, intent as never);
  core.feed.settle();
  const verdict: Verdict = {
    state: 'applied',
    at: nowSeconds(core.clock),
    // What a device that is in step with the collection has passed, whatever other collections moved with it.
    appliedSeq: core.feed.lastSeqOf(effect.seenIn),
    ...(effect.created !== undefined && { created: effect.created }),
  };
  return store(core, document, verdict, subject);
}

function store(core: Core, { id, deviceId, number, madeAt, intent }: IntentDocument, verdict: Verdict, subject: string | null): IntentDocument {
  core.db.run(
    'INSERT INTO intents (id, device_id, number, made_at, intent, verdict, subject, applied_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    deviceId,
    number,
    madeAt,
    JSON.stringify(intent),
    JSON.stringify(verdict),
    subject,
    verdict.at,
  );
  core.feed.touch('intents', id);
  return { id, deviceId, number, madeAt, intent, verdict };
}

/** What an intent decides, where of two devices' words the later one holds, whichever arrives first. */
function subjectOf(core: Core, intent: Intent): string | null {
  switch (intent.kind) {
    case 'love-track':
      return `love:${findFormer(core, 'track', intent.trackId)}`;
    case 'rate-album':
      return `rating:${albumIdOf(core, intent.albumId)}`;
    case 'note-album':
      return `album-note:${albumIdOf(core, intent.albumId)}`;
    case 'choose-cover':
      return `cover:${albumIdOf(core, intent.albumId)}`;
    case 'note-listen':
      return `listen-note:${findFormer(core, 'listen', intent.listenId)}`;
    case 'delete-listen':
    case 'restore-listen':
      return `presence:${findFormer(core, 'listen', intent.listenId)}`;
    default:
      return null;
  }
}

function isOutdone(core: Core, subject: string | null, { madeAt }: IntentDocument): boolean {
  return subject !== null && core.db.get('SELECT 1 FROM intents WHERE subject = ? AND made_at > ? LIMIT 1', subject, madeAt) !== undefined;
}

/** Where a device sees what an intent with a subject decides. */
function placeOf(core: Core, intent: Intent): Effect['seenIn'] {
  if (intent.kind === 'love-track') return trackById(core, intent.trackId)?.albumId === null ? 'artists' : 'albums';
  return intent.kind === 'delete-listen' || intent.kind === 'restore-listen' || intent.kind === 'note-listen' ? 'journal' : 'albums';
}
