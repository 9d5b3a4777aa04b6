import { evidence } from '../listens/evidence.ts';
import { listenRow, moveListen } from '../listens/listens.ts';
import { believedNames } from '../listens/naming.ts';
import { type Core, listed } from '../core.ts';
import { catalogue } from './reported.ts';

/** How many listens go along in the transaction that takes names or albums apart: about 20 ms of work. */
const AT_ONCE = 200;

/** Finds the track of each listen of these tracks anew, after names or albums were taken apart: at once where they are few, else after the transaction. */
export function attachAnew(core: Core, trackIds: readonly number[]): void {
  const listens = core.db.rows<[number]>('SELECT id FROM listening_history WHERE track_id IN (SELECT value FROM json_each(?)) LIMIT ?', listed(trackIds), AT_ONCE + 1);
  if (listens.length > AT_ONCE) core.followUps.heard(trackIds);
  else reattach(core, listens.map(([id]) => id));
}

/** Finds the track of each of these listens anew, from what its witnesses say. Doing so again changes nothing. */
export function reattach(core: Core, listenIds: readonly number[]): void {
  const plays = listenIds
    .map((id) => ({ id, rows: evidence.ofListen(core, id).filter(({ state }) => state === 'resolved') }))
    .filter(({ rows }) => rows.length > 0);
  const names = catalogue(core);
  const naming = believedNames(core, plays.map(({ rows }) => rows));
  names.prepare(naming);
  plays.forEach(({ id }, index) => {
    const listen = listenRow(core, id);
    if (listen === undefined) return;
    const track = names.trackOf(naming[index]!);
    if (track.id !== listen.track_id) moveListen(core, listen, track.id);
  });
}
