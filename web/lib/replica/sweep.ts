import type { RxCollection } from 'rxdb/plugins/core';

/** Removes the documents whose ids a whole new pull did not bring. */
export async function sweep(collection: RxCollection, seen: ReadonlySet<string>): Promise<void> {
  const documents = await collection.find().exec();
  const gone = documents.map((document) => document.primary).filter((id) => !seen.has(id));
  if (gone.length > 0) await collection.bulkRemove(gone);
}
