import * as v from 'valibot';
import { collections, type CollectionName } from '#shared/sync/collections.ts';
import type { SyncedDocument } from './syncedDocument.ts';

interface Incoming {
  documents: SyncedDocument[];
  /** Ids of those that are not taken in: what is here of them stays as it is. */
  setAside: string[];
}

/**
 * The documents of a page that pages of the app can read. One that lacks what they rely on would be stored, and break whatever shows
 * it: it is set aside and reported, and the others go on. Bounds are the server's own business: what is merely too long is shown.
 *
 * @param onUnreadable with what was wrong with each that was set aside.
 */
export function readable(
  collection: CollectionName,
  arrived: readonly unknown[],
  onUnreadable: (error: Error) => void,
): Incoming {
  const incoming: Incoming = { documents: [], setAside: [] };
  for (const document of arrived) {
    const problem = problemOf(collection, document);
    if (problem === null) {
      incoming.documents.push(document as SyncedDocument);
      continue;
    }
    const id = isDocument(document) ? document.id : '';
    incoming.setAside.push(id);
    onUnreadable(new Error(`${collection} ${id} cannot be read, and is set aside: ${problem}`));
  }
  return incoming;
}

function isDocument(value: unknown): value is SyncedDocument {
  return typeof value === 'object' && value !== null && typeof (value as { id?: unknown }).id === 'string';
}

/** What keeps a document from being read; null when nothing does. What is deleted need say no more than its id. */
function problemOf(collection: CollectionName, document: unknown): string | null {
  if (!isDocument(document)) return 'it has no id';
  if (document._deleted) return null;
  const { success, issues } = v.safeParse(collections[collection].schema, document);
  const issue = success ? undefined : issues.find(({ kind }) => kind === 'schema');
  return issue ? `${v.getDotPath(issue) ?? ''}: ${issue.message}` : null;
}
