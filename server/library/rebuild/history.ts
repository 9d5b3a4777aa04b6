import { USUAL_SECONDS } from '#shared/library/track.ts';
import type { Intent, IntentDocument } from '#shared/sync/intents.ts';
import { type Core } from '../core.ts';
import { pastOutcome } from '../intents/past.ts';
import { storeIntent, subjectOf } from '../intents/store.ts';
import type { ForeignIds } from './ids.ts';

/**
 * What a device's own mutations came to in that life: they are not applied a second time when it offers them again, and a later
 * word still goes before an earlier one. Their effect is in the documents.
 *
 * @returns true when it was not known.
 */
export function takeMutation(core: Core, ids: ForeignIds, document: IntentDocument): boolean {
  const { verdict } = document;
  if (
    verdict === undefined ||
    core.db.get('SELECT 1 FROM intents WHERE id = ?', document.id) !== undefined ||
    pastOutcome(core, document.id) !== undefined
  )
    return false;
  const intent = meantHere(ids, document.intent);
  // Whatever this library's feed comes to: a device holds the effect already.
  const settled = verdict.state === 'applied' ? { ...verdict, appliedSeq: 0 } : verdict;
  storeIntent(core, document, settled, verdict.state === 'applied' ? subjectOf(core, intent) : null);
  if (verdict.state !== 'applied') return true;
  if (intent.kind === 'love-track') dateLove(core, intent, document.madeAt);
  if (intent.kind === 'add-listens') nameReports(core, intent);
  return true;
}

function meantHere(ids: ForeignIds, intent: Intent): Intent {
  if (intent.kind === 'love-track') return { ...intent, trackId: ids.track(intent.trackId) };
  if (intent.kind === 'add-listens')
    return { ...intent, tracks: intent.tracks.map((track) => ({ ...track, trackId: ids.track(track.trackId) })) };
  if (intent.kind === 'rate-album' || intent.kind === 'note-album' || intent.kind === 'choose-cover') {
    return { ...intent, albumId: String(ids.of('album', Number(intent.albumId)) ?? intent.albumId) };
  }
  if (intent.kind === 'note-listen' || intent.kind === 'delete-listen' || intent.kind === 'restore-listen')
    return { ...intent, listenId: ids.listen(intent.listenId) };
  return intent;
}

function dateLove(core: Core, { trackId, loved }: Extract<Intent, { kind: 'love-track' }>, madeAt: number): void {
  const at = Math.floor(madeAt / 1000);
  core.db.run(
    'UPDATE tracks SET loved_at = max(ifnull(loved_at, 0), ?) WHERE id = ? AND loved = ?',
    at,
    trackId,
    Number(loved),
  );
}

/** The listens of "I am playing this" get the names back under which they can be taken out together. */
function nameReports(core: Core, { group, playedAt, tracks }: Extract<Intent, { kind: 'add-listens' }>): void {
  let at = playedAt;
  tracks.forEach(({ trackId, durationSeconds }, place) => {
    core.db.run(
      `UPDATE OR IGNORE scrobbles SET source_key = ?1 WHERE source = 'manual' AND played_at = ?2 AND rebuilt = 'exact'
         AND id = (SELECT min(id) FROM scrobbles WHERE source = 'manual' AND played_at = ?2 AND track_id = ?3 AND rebuilt = 'exact')`,
      `${group}:${place}`,
      at,
      trackId,
    );
    const known = core.db.get<{ seconds: number | null }>(
      'SELECT duration_seconds AS seconds FROM tracks WHERE id = ?',
      trackId,
    )?.seconds;
    at += Math.max(1, Math.round(durationSeconds ?? known ?? USUAL_SECONDS));
  });
}
