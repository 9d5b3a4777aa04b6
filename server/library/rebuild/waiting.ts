import type { Awaiting } from '../api/rebuild.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { Core } from '../core.ts';
import type { ForeignIds, Need } from './ids.ts';
import type { Part, ReadDocument } from './taking.ts';

interface WaitingDocument {
  life: string;
  collection: CollectionName;
  document: ReadDocument;
}

/** Documents that name what was not given yet: stored whole, and taken again when it was. */
export interface Waiting {
  /** Notes what a part of a document needs; one that needs nothing waits no more. */
  keep(life: string, part: Part, needs: readonly Need[]): void;
  /** Those all of whose needs were given since; of every life for null. */
  ready(ids: ForeignIds | null): WaitingDocument[];
  /** Those that are taken once all was given, whatever they need: playlists, and what plays at the turntable. */
  last(): WaitingDocument[];
  holds(life: string, collection: CollectionName, id: string): boolean;
  /** What still waits, and for what, as a message for people. */
  reasons(): Awaiting[];
}

type Row = [life: string, collection: CollectionName, id: string, document: string, needs: string];

const MET = `NOT EXISTS (SELECT 1 FROM json_each(needs) AS need WHERE CASE need.value ->> 0
  WHEN 'track' THEN NOT EXISTS (SELECT 1 FROM tracks WHERE id = ifnull(
    (SELECT ours FROM rebuilt_ids WHERE life = waiting_documents.life AND kind = 'track' AND theirs = need.value ->> 1), need.value ->> 1))
  ELSE NOT EXISTS (SELECT 1 FROM rebuilt_ids WHERE life = waiting_documents.life AND kind = need.value ->> 0 AND theirs = need.value ->> 1) END)`;

export function openWaiting({ db }: Core): Waiting {
  const rows = (where: string, ...values: string[]) =>
    db.rows<Row>(
      `SELECT life, collection, document_id, document, needs FROM waiting_documents WHERE ${where}`,
      ...values,
    );
  return {
    keep(life, { collection, document, from }, needs) {
      const key = [life, collection, document.id] as const;
      // The first part of a document begins anew; the others add to what it needs.
      if (from === 0)
        db.run('DELETE FROM waiting_documents WHERE life = ? AND collection = ? AND document_id = ?', ...key);
      if (needs.length === 0) return;
      db.run(
        `INSERT INTO waiting_documents (life, collection, document_id, document, needs) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET needs = (SELECT json_group_array(json(value)) FROM (SELECT value FROM json_each(needs) UNION SELECT value FROM json_each(?5)))`,
        ...key,
        JSON.stringify(document),
        JSON.stringify(needs),
      );
    },
    // An id that is here already may be another thing's until all was given.
    ready: (ids) =>
      (ids === null
        ? rows(`collection <> 'household' AND ${MET}`)
        : rows(`life = ? AND collection <> 'household' AND ${MET}`, ids.life)
      ).map(waitingDocument),
    last: () => rows(`collection IN ('playlists', 'household')`).map(waitingDocument),
    holds: (life, collection, id) =>
      db.get(
        'SELECT 1 FROM waiting_documents WHERE life = ? AND collection = ? AND document_id = ?',
        life,
        collection,
        id,
      ) !== undefined,
    reasons: () =>
      rows('true').map(([, collection, id, , needs]) => {
        const named = (JSON.parse(needs) as Need[]).map(([kind, of]) => `${kind} ${of}`);
        return {
          collection,
          id,
          reason: `it names ${named.slice(0, MOST_NAMED).join(', ')}${named.length > MOST_NAMED ? ' and others' : ''}, which no document told of`,
        };
      }),
  };
}

const waitingDocument = ([life, collection, , document]: Row): WaitingDocument => ({
  life,
  collection,
  document: JSON.parse(document) as ReadDocument,
});

const MOST_NAMED = 5;
