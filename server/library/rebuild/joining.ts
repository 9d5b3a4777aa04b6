import type { Listen } from '#shared/journal/listen.ts';
import type { Catalogue } from '../catalogue/reported.ts';
import type { Core } from '../core.ts';
import { evidence } from '../listens/evidence.ts';
import { listenRow } from '../listens/listens.ts';
import { resolve } from '../listens/resolve.ts';
import { insertAssumed, insertExact } from './evidence.ts';
import type { ForeignIds } from './ids.ts';
import type { TrackNames } from './listenFacts.ts';

/**
 * Adds a listen near which others reported something: the rule decides whether it is one of theirs, and then it is their listen
 * with a further witness.
 *
 * @param ownId no listen has or had its id.
 */
export function joinListen(core: Core, names: Catalogue, ids: ForeignIds, listen: Listen, track: TrackNames, ownId: boolean): void {
  const scrobbleId = insertExact(core, ids.life, listen, track, null);
  const row = evidence.byId(core, scrobbleId)!;
  if (ownId) row.listen_id = listen.id;
  resolve(core, names, [row]);
  const { listen_id: id } = evidence.byId(core, scrobbleId)!;
  const heard = id === null ? undefined : listenRow(core, id);
  if (heard === undefined) return;
  ids.keepListen(listen.id, heard.id);
  const sources = evidence.ofListen(core, heard.id).map(({ source }) => source);
  if (sources.length < listen.witnesses) insertAssumed(core, ids.life, listen, track, heard.id, { count: listen.witnesses - sources.length, sources });
  core.db.run(
    `UPDATE listening_history SET note = ifnull(note, ?1),
       witnesses = (SELECT count(*) FROM scrobbles WHERE listen_id = ?2 AND state = 'resolved') WHERE id = ?2`,
    listen.note,
    heard.id,
  );
  core.feed.touch('journal', heard.page);
}
