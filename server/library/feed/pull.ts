import type { CollectionName } from '#shared/sync/collections.ts';
import type { Feed } from '../api/feed.ts';
import { type Core, listed } from '../core.ts';
import { albumDocuments } from '../documents/albums.ts';
import { artistDocuments } from '../documents/artists.ts';
import type { JournalPages } from '../documents/journal.ts';
import { playlistDocuments } from '../documents/playlists.ts';
import { tombstone } from '../documents/tombstones.ts';
import { readHousehold } from '../settings/household.ts';
import { storedMutations } from '../mutations/store.ts';
import { deletionDocuments } from '../listens/deletions.ts';
import { priorityIds } from './priorityPull.ts';
import { revisionDocuments } from '../documents/revisions.ts';
import { turntableToday } from '../turntable/sessions.ts';

type Pulled = ReturnType<Feed['pull']>;
type PulledDocument = Pulled['documents'][number];
interface FeedRow {
  id: string;
  seq: number;
  deleted: number;
}

const ROWS = 'SELECT document_id AS id, seq, deleted FROM change_feed WHERE collection = ? AND seq > ?';
/** A device gets the results of its own mutations; the remains of purged mutations name no device and go to all. */
const OF_DEVICE = `AND (deleted = 1 OR EXISTS (SELECT 1 FROM intents WHERE intents.id = document_id AND device_id = ?))`;

/** Reads the feed: see `Feed.pull` of the contract. */
export function pullFrom(core: Core, pages: JournalPages): Feed['pull'] {
  return (collection, seq, limit, { device, priority = false } = {}) => {
    const ofDevice = collection === 'intents' && device !== undefined;
    const rows = ofDevice
      ? core.db.all<FeedRow>(`${ROWS} ${OF_DEVICE} ORDER BY seq LIMIT ?`, collection, seq, device, limit)
      : core.db.all<FeedRow>(`${ROWS} ORDER BY seq LIMIT ?`, collection, seq, limit);
    const first = priority && rows.length === limit ? findPriorityRows(core, collection, limit) : [];
    const { priorityRows, regular } = fit(first, rows, limit);
    const documents = build(core, pages, collection, [...priorityRows, ...regular]);
    return { documents, seq: regular.at(-1)?.seq ?? seq };
  };
}

function findPriorityRows(core: Core, collection: CollectionName, limit: number): FeedRow[] {
  const ids = priorityIds(core, collection).slice(0, limit - 1);
  const rows = core.db.all<FeedRow>(
    'SELECT document_id AS id, seq, deleted FROM change_feed WHERE collection = ? AND document_id IN (SELECT value FROM json_each(?))',
    collection,
    listed(ids),
  );
  const place = new Map(ids.map((id, index) => [id, index]));
  return rows.sort((one, other) => place.get(one.id)! - place.get(other.id)!);
}

/** As many rows of the feed as fit beside what is primed; a document that is in both comes once, at its place in the feed. */
function fit(
  priority: readonly FeedRow[],
  rows: readonly FeedRow[],
  limit: number,
): { priorityRows: FeedRow[]; regular: FeedRow[] } {
  const waiting = new Set(priority.map(({ id }) => id));
  let taken = 0;
  while (taken < rows.length && taken + waiting.size + Number(!waiting.has(rows[taken]!.id)) <= limit) {
    waiting.delete(rows[taken]!.id);
    taken += 1;
  }
  return { priorityRows: priority.filter(({ id }) => waiting.has(id)), regular: rows.slice(0, taken) };
}

function build(
  core: Core,
  pages: JournalPages,
  collection: CollectionName,
  rows: readonly FeedRow[],
): PulledDocument[] {
  // A deleted playlist travels as it was: a device that writes to it is held against just that.
  const sent = collection === 'playlists' ? rows : rows.filter(({ deleted }) => deleted === 0);
  const documents = documentsOf(core, pages, collection, sent);
  return rows.map(({ id, deleted }) => {
    const document = documents.get(id);
    return document === undefined ? tombstone(collection, id) : { ...document, id, _deleted: deleted === 1 };
  });
}

function documentsOf(
  core: Core,
  pages: JournalPages,
  collection: CollectionName,
  rows: readonly FeedRow[],
): ReadonlyMap<string, object> {
  const ids = rows.map(({ id }) => id);
  switch (collection) {
    case 'artists':
      return artistDocuments(core, ids.map(Number));
    case 'albums':
      return albumDocuments(core, ids.map(Number));
    case 'journal':
      return pages.documents(new Map(rows.map(({ id, seq }) => [id, seq])));
    case 'playlists':
      return playlistDocuments(core, ids);
    case 'intents':
      return new Map(storedMutations(core, ids).map((mutation) => [mutation.id, mutation]));
    case 'household':
      return new Map(ids.map((id) => [id, { ...readHousehold(core), ...turntableToday(core) }]));
    case 'rollups':
      return rollupDocuments(core, ids);
    case 'revisions':
      return revisionDocuments(core, ids);
    case 'deletions':
      return deletionDocuments(core, ids);
  }
}

function rollupDocuments(core: Core, ids: readonly string[]): Map<string, object> {
  const rows = core.db.all<{ id: string; document: string }>(
    'SELECT id, document FROM rollups WHERE id IN (SELECT value FROM json_each(?))',
    listed(ids),
  );
  return new Map(rows.map(({ id, document }) => [id, JSON.parse(document) as object]));
}
