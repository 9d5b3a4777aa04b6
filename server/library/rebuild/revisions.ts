import { revisionsId, revisionsOf, type RevisionsDocument } from '#shared/library/revision.ts';
import type { Core } from '../core.ts';
import { insertRevision } from '../documents/revisions.ts';
import type { ForeignIds } from './ids.ts';

/** What people wrote and is not shown any more; each once, by its own name. @returns true when one was lacking. */
export function takeRevisions(core: Core, ids: ForeignIds, { id, revisions }: RevisionsDocument): boolean {
  const subject = subjectHere(ids, id);
  // A history begins with its newest.
  const added = [...revisions]
    .reverse()
    .map((revision) => insertRevision(core, subject, revision, { ifKnown: 'skip' }));
  if (!added.includes(true)) return false;
  core.feed.touch('revisions', subject);
  return true;
}

function subjectHere(ids: ForeignIds, id: string): string {
  const of = revisionsOf(id);
  if (of?.subject === 'album-note') return revisionsId('album-note', ids.of('album', Number(of.id)) ?? of.id);
  return of?.subject === 'listen-note' ? revisionsId('listen-note', ids.listen(Number(of.id))) : id;
}
