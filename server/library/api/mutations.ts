import type { MutationDocument } from '#shared/mutations/document.ts';

export interface Mutations {
  /**
   * Applies each exactly once, by id, in the order given. A refused mutation gets a result too.
   * @param deviceNow the device's own clock when it sent them, milliseconds since the epoch, where it says. @returns the master states.
   */
  apply(documents: readonly MutationDocument[], deviceNow?: number): MutationDocument[];
  get(id: string): MutationDocument | null;
  /**
   * A day has passed, whatever the clock says: everything is a day older, and what has been stored for its time is removed; what was refused
   * stays until it is dismissed.
   * @returns how many went.
   */
  dayPassed(): number;
  /** The person has read of a refusal: it leaves the library and the devices. Anything else stays. */
  dismiss(id: string): void;
}
