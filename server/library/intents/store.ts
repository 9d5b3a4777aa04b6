import type { Intent, IntentDocument, Verdict } from '#shared/sync/intents.ts';
import type { MutationTarget } from '#shared/sync/targets.ts';
import { trackById } from '../catalogue/trackById.ts';
import { type Core, listed } from '../core.ts';
import { findFormer } from '../curation/redirects.ts';
import { albumIdOf } from './targets.ts';

interface IntentRow {
  id: string;
  device_id: string;
  number: number;
  made_at: number;
  intent: string;
  verdict: string;
  epoch: string | null;
  targets: string | null;
}

/** The intents of these ids that were answered, each with its verdict. */
export function storedIntents(core: Core, ids: readonly string[]): IntentDocument[] {
  return core.db
    .all<IntentRow>(
      'SELECT id, device_id, number, made_at, intent, verdict, epoch, targets FROM intents WHERE id IN (SELECT value FROM json_each(?))',
      listed(ids),
    )
    .map((row) => ({
      id: row.id,
      deviceId: row.device_id,
      number: row.number,
      madeAt: row.made_at,
      intent: JSON.parse(row.intent) as Intent,
      ...(row.epoch !== null && { epoch: row.epoch }),
      ...(row.targets !== null && { targets: JSON.parse(row.targets) as MutationTarget[] }),
      verdict: JSON.parse(row.verdict) as Verdict,
    }));
}

/** Keeps an intent with what became of it. @param subject what it decided; null where no other word on it can be later. */
export function storeIntent(
  core: Core,
  document: IntentDocument,
  verdict: Verdict,
  subject: string | null,
): IntentDocument {
  const { id, deviceId, number, madeAt, intent, epoch, targets } = document;
  core.db.run(
    'INSERT INTO intents (id, device_id, number, made_at, intent, verdict, subject, applied_at, epoch, targets) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    deviceId,
    number,
    madeAt,
    JSON.stringify(intent),
    JSON.stringify(verdict),
    subject,
    verdict.at,
    epoch,
    targets && JSON.stringify(targets),
  );
  core.feed.touch('intents', id);
  return {
    id,
    deviceId,
    number,
    madeAt,
    intent,
    ...(epoch !== undefined && { epoch }),
    ...(targets && { targets }),
    verdict,
  };
}

/** What an intent decides, where of two devices' words the later one holds, whichever arrives first. */
export function subjectOf(core: Core, intent: Intent): string | null {
  switch (intent.kind) {
    case 'love-track':
      return `love:${recordingOf(core, intent.trackId)}`;
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

/** A love is of the recording, on whichever album it was given: its artist and title. */
function recordingOf(core: Core, trackId: number): string {
  const track = trackById(core, trackId);
  if (track === undefined) return String(trackId);
  const { title_key: title } = core.db.get<{ title_key: string }>(
    'SELECT title_key FROM tracks WHERE id = ?',
    track.id,
  )!;
  return `${track.artistId}:${title}`;
}
