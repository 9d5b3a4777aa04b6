import { nowSeconds } from '../../kit/clock.ts';
import { catalogue } from '../catalogue/reported.ts';
import type { Core } from '../core.ts';
import { findFormer } from '../formerIds.ts';
import { evidence } from '../listens/evidence.ts';
import { touchPage } from '../listens/journalPages.ts';
import { type ListenRow, listenRow, removeListen } from '../listens/listens.ts';
import { resolve } from '../listens/resolve.ts';
import type { Handlers } from './handler.ts';
import { keepListenNote } from './notes.ts';
import { refuse } from './targets.ts';

/** Taking a listen out of the journal, and putting it back as it was. Its scrobbles stay, marked. */
export const presence: Handlers<'delete-listen' | 'restore-listen'> = {
  'delete-listen'(core, { listenId }) {
    const id = findFormer(core, 'listen', listenId);
    const listen = listenRow(core, id);
    if (listen !== undefined) remove(core, listen);
    else if (deletedListen(core, id) === undefined) refuse('unknown-listen', 'This listen is not in the journal any more.');
    return { seenIn: 'journal' };
  },
  'restore-listen'(core, { listenId }) {
    const id = findFormer(core, 'listen', listenId);
    if (listenRow(core, id) !== undefined) return { seenIn: 'journal' };
    const deleted = deletedListen(core, id) ?? refuse('unknown-listen', 'There is no such listen to bring back.');
    putBack(core, deleted);
    return { seenIn: 'journal' };
  },
};

function remove(core: Core, listen: ListenRow): void {
  core.db.run(
    'INSERT OR REPLACE INTO deleted_listens (listen_id, listen, deleted_at) VALUES (?, ?, ?)',
    listen.id,
    JSON.stringify(listen),
    nowSeconds(core.clock),
  );
  core.db.run(`UPDATE scrobbles SET state = 'deleted' WHERE listen_id = ? AND state = 'resolved'`, listen.id);
  removeListen(core, listen);
}

function deletedListen(core: Core, id: number): ListenRow | undefined {
  const row = core.db.get<{ listen: string }>('SELECT listen FROM deleted_listens WHERE listen_id = ?', id);
  return row === undefined ? undefined : (JSON.parse(row.listen) as ListenRow);
}

/** The evidence is resolved again, so that what was learnt since the deletion counts. */
function putBack(core: Core, { id, note }: ListenRow): void {
  core.db.run('DELETE FROM deleted_listens WHERE listen_id = ?', id);
  core.db.run(`UPDATE scrobbles SET state = 'resolved' WHERE listen_id = ? AND state = 'deleted'`, id);
  const rows = evidence.ofListen(core, id);
  if (rows.length === 0) refuse('no-evidence', 'Nothing is left of this listen to bring back.');
  resolve(core, catalogue(core), rows);
  const back = listenRow(core, findFormer(core, 'listen', id));
  if (note === null || back === undefined || back.note === note) return;
  keepListenNote(core, back.id, 'replaced');
  core.db.run('UPDATE listening_history SET note = ? WHERE id = ?', note, back.id);
  touchPage(core, back.page);
}
