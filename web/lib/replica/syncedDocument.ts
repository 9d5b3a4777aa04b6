/** A document as it travels. */
export interface SyncedDocument {
  id: string;
  _deleted?: boolean;
}
