import type { RevisionsDocument } from '#shared/library/revision.ts';
import type { Core } from '../core.ts';
import type { ForeignIds } from './ids.ts';

/** What people wrote and is not shown any more; each once, by its own name. @returns true when one was lacking. */
export function takeRevisions(core: Core, ids: ForeignIds, { id, revisions }: RevisionsDocument): boolean {
  const [kind, of] = id.split(':');
  const subject = kind === 'album-note' ? `album-note:${ids.of('album', Number(of)) ?? of}` : id;
  // A history begins with its newest.
  const added = [...revisions].reverse().map(
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
