import { revisionsId } from '#shared/library/revision.ts';
import type { Core } from '../core.ts';
import { keepRevision, lastWord } from '../documents/revisions.ts';
import { touchPage } from './journalPages.ts';
import { listenRow } from './listens.ts';

/** A listen's note goes with it, or gives way to another: it is stored in the listen's history. */
export function keepListenNote(core: Core, listenId: number, why: 'replaced' | 'removed'): void {
  const note = listenRow(core, listenId)?.note ?? null;
  if (note === null) return;
  const author = lastWord(core, `listen-note:${listenId}`);
  keepRevision(
    core,
    revisionsId('listen-note', listenId),
    { text: note, deviceId: author?.deviceId ?? null, writtenAt: author?.madeAt ?? null },
    why,
  );
}

/** Gives a listen another note, or none (null); the one it had is stored in its history. Nothing for one that is not in the journal. */
export function replaceListenNote(core: Core, listenId: number, note: string | null): void {
  const listen = listenRow(core, listenId);
  if (listen === undefined || listen.note === note) return;
  keepListenNote(core, listenId, 'replaced');
  core.db.run('UPDATE listening_history SET note = ? WHERE id = ?', note, listenId);
  touchPage(core, listen.page);
}
