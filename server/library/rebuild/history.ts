import { USUAL_SECONDS } from '#shared/library/track.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import { type Core } from '../core.ts';
import { pastOutcome } from '../mutations/mutationHistory.ts';
import { conflictKeyOf } from '../mutations/conflictKeys.ts';
import { storeMutation } from '../mutations/store.ts';
import type { ForeignIds } from './ids.ts';

/**
 * What a device's own mutations came to in that life: they are not applied a second time when it offers them again, and a later
 * word still goes before an earlier one. Their effect is in the documents.
 *
 * @returns true when it was not known.
 */
export function takeMutation(core: Core, ids: ForeignIds, document: MutationDocument): boolean {
  const { verdict: result } = document;
  if (
    result === undefined ||
    core.db.get('SELECT 1 FROM intents WHERE id = ?', document.id) !== undefined ||
    pastOutcome(core, document.id) !== undefined
  )
    return false;
  const mutation = meantHere(ids, document.intent);
  // Whatever this library's feed comes to: a device holds the effect already.
  const settled = result.state === 'applied' ? { ...result, appliedSeq: 0 } : result;
  storeMutation(core, document, settled, result.state === 'applied' ? conflictKeyOf(core, mutation) : null);
  if (result.state !== 'applied') return true;
  if (mutation.kind === 'love-track') dateLove(core, mutation, document.madeAt);
  if (mutation.kind === 'add-listens') nameReports(core, mutation);
  return true;
}

function meantHere(ids: ForeignIds, mutation: Mutation): Mutation {
  if (mutation.kind === 'love-track') return { ...mutation, trackId: ids.track(mutation.trackId) };
  if (mutation.kind === 'add-listens')
    return { ...mutation, tracks: mutation.tracks.map((track) => ({ ...track, trackId: ids.track(track.trackId) })) };
  if (mutation.kind === 'rate-album' || mutation.kind === 'note-album' || mutation.kind === 'choose-cover') {
    return { ...mutation, albumId: String(ids.of('album', Number(mutation.albumId)) ?? mutation.albumId) };
  }
  if (mutation.kind === 'note-listen' || mutation.kind === 'delete-listen' || mutation.kind === 'restore-listen')
    return { ...mutation, listenId: ids.listen(mutation.listenId) };
  return mutation;
}

function dateLove(core: Core, { trackId, loved }: Extract<Mutation, { kind: 'love-track' }>, madeAt: number): void {
  const at = Math.floor(madeAt / 1000);
  core.db.run(
    'UPDATE tracks SET loved_at = max(ifnull(loved_at, 0), ?) WHERE id = ? AND loved = ?',
    at,
    trackId,
    Number(loved),
  );
}

/** The listens of "I am playing this" get the names back under which they can be taken out together. */
function nameReports(core: Core, { group, playedAt, tracks }: Extract<Mutation, { kind: 'add-listens' }>): void {
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
