import { catalogue } from './reported.ts';
import type { Core } from '../core.ts';
import { evidence } from '../listens/evidence.ts';
import { listenRow, moveListen } from '../listens/listens.ts';
import { believedNames } from '../listens/naming.ts';

/** Finds the track of each of these listens anew, from what its witnesses say, after names or albums were taken apart. */
export function reattach(core: Core, listenIds: readonly number[]): void {
  const names = catalogue(core);
  for (const id of listenIds) {
    const listen = listenRow(core, id);
    const rows = evidence.ofListen(core, id).filter(({ state }) => state === 'resolved');
    if (listen === undefined || rows.length === 0) continue;
    const track = names.trackOf(believedNames(core, [rows])[0]!);
    if (track.id !== listen.track_id) moveListen(core, listen, track.id);
  }
}
