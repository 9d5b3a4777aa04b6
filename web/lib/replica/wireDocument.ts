/** A document as it travels. */
export interface WireDocument {
  id: string;
  _deleted?: boolean;
}
