import type { HouseholdDocument } from '#shared/library/household.ts';

export type HouseholdChange = Partial<Omit<HouseholdDocument, 'id' | 'turntable'>>;

export interface Household {
  get(): HouseholdDocument;
  /** What a person decided. */
  update(change: HouseholdChange): void;
  /** What the server itself noticed: it shows at once, and is written as soon as it can be. */
  note(change: HouseholdChange): void;
}
