import { revisionsId, revisionsOf, type RevisionsDocument } from '#shared/library/revision.ts';
import type { Core } from '../core.ts';
import type { ForeignIds } from './ids.ts';

/** What people wrote and is not shown any more; each once, by its own name. @returns true when one was lacking. */
export function takeRevisions(core: Core, ids: ForeignIds, { id, revisions }: RevisionsDocument): boolean {
  const subject = subjectHere(ids, id);
  // A history begins with its newest.
  const added = [...revisions]
    .reverse()
    .map(
      ({ id: uid, text, rating, deviceId, writtenAt, why, keptAt }) =>
        core.db.run(
          'INSERT OR IGNORE INTO revisions (uid, subject, text, rating, device_id, written_at, why, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
          uid,
          subject,
          text,
          rating,
          deviceId,
          writtenAt,
          why,
          keptAt,
        ).changes > 0,
    );
  if (!added.includes(true)) return false;
  core.feed.touch('revisions', subject);
  return true;
}

function subjectHere(ids: ForeignIds, id: string): string {
  const of = revisionsOf(id);
  if (of?.subject === 'album-note') return revisionsId('album-note', ids.of('album', Number(of.id)) ?? of.id);
  return of?.subject === 'listen-note' ? revisionsId('listen-note', ids.listen(Number(of.id))) : id;
}
