import type { CollectionName } from '#shared/sync/collections.ts';
import { Counter } from '../kit/meters/meters.ts';

const pulls = new Counter('aime_sync_pulls_total', 'Pulls of devices that were answered.', ['collection']);
const pulled = new Counter('aime_sync_documents_pulled_total', 'Documents that devices pulled.', ['collection']);
const pushes = new Counter('aime_sync_pushes_total', 'Pushes of devices that were answered.', ['collection']);
const pushed = new Counter(
  'aime_sync_rows_pushed_total',
  'Rows that devices pushed, by what became of them: taken, conflict, refused.',
  ['collection', 'outcome'],
);

export function notePull(collection: CollectionName, documents: number): void {
  pulls.add({ collection });
  pulled.add({ collection }, documents);
}

export function notePush(collection: CollectionName, rows: { all: number; conflicts: number; refused: number }): void {
  pushes.add({ collection });
  const outcomes = { taken: rows.all - rows.conflicts - rows.refused, conflict: rows.conflicts, refused: rows.refused };
  for (const [outcome, count] of Object.entries(outcomes)) pushed.add({ collection, outcome }, count);
}

export const syncFamilies = () => [pulls.family(), pulled.family(), pushes.family(), pushed.family()];
