import { randomUUID } from 'node:crypto';
import type { RevisionReason, RevisionsDocument } from '#shared/library/revision.ts';
import { MAX_REVISIONS } from '#shared/library/revision.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { type Core, listed } from '../core.ts';
import { isBlank } from '#shared/text/blank.ts';

/** Something a person wrote that gives way to something else. */
export interface Written {
  text: string;
  rating?: number;
  deviceId?: string | null;
  /** Milliseconds since the epoch. */
  writtenAt?: number | null;
}

/**
 * Keeps what a person wrote in the history of its subject, inside the transaction that takes it away. What the history has as its
 * newest already is not kept twice; beyond {@link MAX_REVISIONS} the oldest go.
 *
 * @param subject an id of `revisionsId`.
 */
export function keepRevision(
  core: Core,
  subject: string,
  { text, rating, deviceId = null, writtenAt = null }: Written,
  why: RevisionReason,
): void {
  if (isBlank(text) && rating === undefined && why !== 'kept') return;
  const newest = core.db.get<{ text: string; rating: number | null; why: string }>(
    'SELECT text, rating, why FROM revisions WHERE subject = ? ORDER BY id DESC LIMIT 1',
    subject,
  );
  if (newest?.text === text && newest.rating === (rating ?? null) && (newest.why === why || why === 'replaced')) return;
  const revision = {
    id: randomUUID(),
    text,
    ...(rating !== undefined && { rating }),
    deviceId,
    writtenAt,
    why,
    keptAt: nowSeconds(core.clock),
  };
  insertRevision(core, subject, revision, { ifKnown: 'fail' });
  core.db.run(
    'DELETE FROM revisions WHERE subject = ?1 AND id NOT IN (SELECT id FROM revisions WHERE subject = ?1 ORDER BY id DESC LIMIT ?2)',
    subject,
    MAX_REVISIONS,
  );
  core.feed.touch('revisions', subject);
}

/**
 * Adds a revision to a history as its newest.
 *
 * @param ifKnown what happens where a revision of this id is there already: one that is new to everybody has an id of its own, and one
 * that comes from another library may have come before.
 * @returns whether it was added; `fail` throws instead.
 */
export function insertRevision(
  core: Core,
  subject: string,
  { id, text, rating, deviceId, writtenAt, why, keptAt: retainedAt }: RevisionsDocument['revisions'][number],
  { ifKnown }: { ifKnown: 'fail' | 'skip' },
): boolean {
  const { changes } = core.db.run(
    `INSERT ${ifKnown === 'skip' ? 'OR IGNORE ' : ''}INTO revisions (uid, subject, text, rating, device_id, written_at, why, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    subject,
    text,
    rating,
    deviceId,
    writtenAt,
    why,
    retainedAt,
  );
  return changes > 0;
}

/** What is shown again is history no more. */
export function forgetRevision(core: Core, subject: string, text: string): void {
  if (
    core.db.run('DELETE FROM revisions WHERE subject = ? AND text = ? AND rating IS NULL', subject, text).changes === 0
  )
    return;
  const isLeft = core.db.get('SELECT 1 FROM revisions WHERE subject = ? LIMIT 1', subject) !== undefined;
  core.feed.touch('revisions', subject, !isLeft);
}

/** The revisions of a history, to tell them from those that are added later. */
export const revisionsIn = (core: Core, subject: string): string[] =>
  core.db.rows<[string]>('SELECT uid FROM revisions WHERE subject = ? ORDER BY id', subject).map(([uid]) => uid);

/** Undoes a merge of histories: revisions that came from the other go back to it, and those that the merge itself added are removed. */
export function unmergeRevisions(
  core: Core,
  from: string,
  into: string,
  { moved, kept: intact }: { moved: readonly string[]; kept: readonly string[] },
): void {
  const gone = core.db.run(
    'DELETE FROM revisions WHERE subject = ? AND uid IN (SELECT value FROM json_each(?))',
    from,
    listed(intact),
  ).changes;
  const back = core.db.run(
    'UPDATE revisions SET subject = ? WHERE subject = ? AND uid IN (SELECT value FROM json_each(?))',
    into,
    from,
    listed(moved),
  ).changes;
  if (gone + back === 0) return;
  core.feed.touch('revisions', from, revisionsIn(core, from).length === 0);
  if (back > 0) core.feed.touch('revisions', into);
}

/** The history of what was merged into another is that one's from now on. */
export function moveRevisions(core: Core, from: string, into: string): void {
  if (core.db.run('UPDATE revisions SET subject = ? WHERE subject = ?', into, from).changes === 0) return;
  core.feed.touch('revisions', from, true);
  core.feed.touch('revisions', into);
}

interface LastWord {
  deviceId: string;
  madeAt: number;
}

/** Whose note it is that is shown; undefined where that is forgotten. */
export function lastWord(core: Core, subject: string): LastWord | undefined {
  return core.db.get<LastWord>(
    `SELECT device_id AS deviceId, made_at AS madeAt FROM intents WHERE subject = ? AND ifnull(verdict ->> 'outdone', 0) = 0 ORDER BY applied_at DESC, made_at DESC, number DESC LIMIT 1`,
    subject,
  );
}

type Row = [
  subject: string,
  uid: string,
  text: string,
  rating: number | null,
  deviceId: string | null,
  writtenAt: number | null,
  why: RevisionReason,
  retainedAt: number,
];

/** The histories of these subjects, by subject. */
export function revisionDocuments(core: Core, subjects: readonly string[]): Map<string, RevisionsDocument> {
  const documents = new Map(subjects.map((id): [string, RevisionsDocument] => [id, { id, revisions: [] }]));
  const rows = core.db.rows<Row>(
    `SELECT subject, uid, text, rating, device_id, written_at, why, created_at FROM revisions
     WHERE subject IN (SELECT value FROM json_each(?)) ORDER BY id DESC`,
    listed(subjects),
  );
  for (const [subject, id, text, rating, deviceId, writtenAt, why, retainedAt] of rows) {
    documents
      .get(subject)
      ?.revisions.push({ id, text, ...(rating !== null && { rating }), deviceId, writtenAt, why, keptAt: retainedAt });
  }
  return documents;
}
