import { evidence } from '../listens/evidence.ts';
import { listenRow, moveListen } from '../listens/listens.ts';
import { resolveNames } from '../listens/naming.ts';
import { type Core, listed } from '../core.ts';
import { removeIdleTrack } from '../catalogue/removal.ts';
import { catalogue } from '../catalogue/reported.ts';
import { trackById } from '../catalogue/trackById.ts';

/** How many listens go along in the transaction that splits names or albums: about 20 ms of work. */
const AT_ONCE = 200;

/**
 * The listens of these tracks, whose names or albums are about to be split.
 *
 * @returns finds the track of each anew: at once where they are few; else that is noted now, and done after the transaction.
 */
export function attachLater(core: Core, trackIds: readonly number[]): () => void {
  const listens = core.db.rows<[number]>(
    'SELECT id FROM listening_history WHERE track_id IN (SELECT value FROM json_each(?)) LIMIT ?',
    listed(trackIds),
    AT_ONCE + 1,
  );
  if (listens.length <= AT_ONCE)
    return () =>
      reattach(
        core,
        listens.map(([id]) => id),
      );
  core.followUps.heard(trackIds);
  return () => undefined;
}

/** Finds the track of each of these listens anew, from what its reports say. Doing so again changes nothing. */
export function reattach(core: Core, listenIds: readonly number[]): void {
  const plays = listenIds
    .map((id) => ({ id, rows: evidence.resolvedOf(core, id) }))
    .filter(({ rows }) => rows.length > 0);
  const names = catalogue(core, { completing: false });
  const naming = resolveNames(
    core,
    plays.map(({ rows }) => rows),
  );
  names.prepare(naming);
  const left = new Map<number, number>();
  plays.forEach(({ id }, index) => {
    const listen = listenRow(core, id);
    if (listen === undefined) return;
    const track = names.trackOf(naming[index]!);
    if (track.id === listen.track_id) return;
    moveListen(core, listen, track.id);
    left.set(listen.track_id, track.id);
  });
  // Nobody asked for what was only there while names or albums were one.
  for (const [id, survivor] of left) {
    const track = trackById(core, id);
    if (track?.id === id) removeIdleTrack(core, track, { survivor });
  }
}
