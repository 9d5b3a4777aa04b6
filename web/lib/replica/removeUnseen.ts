/** As much of a collection as removing from it takes. */
interface RemovableCollection {
  find(): { exec(): Promise<{ primary: string }[]> };
  bulkRemove(ids: string[]): Promise<unknown>;
}

/**
 * Removes the documents whose ids a whole new pull did not bring.
 * @param allows is asked how many of how many would go. @returns false when it does not, and nothing was removed.
 */
export async function removeUnseen(
  collection: RemovableCollection,
  seen: ReadonlySet<string>,
  allows: (lost: number, of: number) => boolean,
): Promise<boolean> {
  const documents = await collection.find().exec();
  const gone = documents.map((document) => document.primary).filter((id) => !seen.has(id));
  if (gone.length > 0 && !allows(gone.length, documents.length)) return false;
  if (gone.length > 0) await collection.bulkRemove(gone);
  return true;
}
