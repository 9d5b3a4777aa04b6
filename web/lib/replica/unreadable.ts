import type { CollectionName } from '#shared/sync/collections.ts';
import type { MetadataStore } from './metadataStore.ts';

/** Of each collection; more than these are no matter of single documents. */
const MOST_UNREADABLE = 1_000;

/**
 * Notes which documents of a collection cannot be read here; one that comes again and can be read is none any more.
 *
 * @param others ids of those that came with them and can be read, or are gone.
 */
export function noteUnreadable(
  metadata: MetadataStore,
  name: CollectionName,
  ids: readonly string[],
  others: ReadonlySet<string>,
): void {
  const { unreadable } = metadata.read();
  const before = unreadable[name] ?? [];
  const after = [...new Set([...before.filter((id) => !others.has(id)), ...ids])].slice(-MOST_UNREADABLE);
  if (after.join() !== before.join()) metadata.write({ unreadable: { ...unreadable, [name]: after } });
}
