import type { DocumentsRequest, RebuildRequest, RecoveryStatus, TakenAnswer } from '#shared/api/recovery.ts';
import type { CollectionName } from '#shared/sync/collections.ts';

/** Where a lost library is restored, or what only a device has is added to the one that is served. */
export interface RecoveryActions {
  status(): Promise<RecoveryStatus>;
  /**
   * Begins to bring a backup back.
   * @param abandoning the device whose giving of the library is given up for it.
   * @throws {HttpError} when there is none of this name, there is a library, or something else is being done about it.
   */
  restore(name: string, abandoning?: string): Promise<void>;
  beginAnew(abandoning?: string): void;
  /** Opens a new file for what a device holds. */
  rebuild(request: RebuildRequest): void;
  /** @param from the epoch that the documents are of, and what they are meant for. @throws {HttpError} where that is not what is here. */
  take(
    collection: CollectionName,
    documents: readonly unknown[],
    from: Pick<DocumentsRequest, 'epoch' | 'into'>,
  ): Promise<TakenAnswer>;
  /** What was taken becomes the library. @param loss that it was given for; said again once it is the library, it changes nothing. */
  finish(loss?: string): void;
}
