import type { CollectionName } from '#shared/sync/collections.ts';
import type { MutationDocument, MutationResult } from '#shared/mutations/document.ts';
import type { MutationKind, MutationOf } from '#shared/mutations/registry.ts';
import type { Core } from '../core.ts';
import type { TargetResolver } from './targetResolver.ts';

/** What a mutation came to. */
export interface Effect {
  /** The collection in which a device sees it. */
  seenIn: CollectionName;
  /** The id of what it created, where the device needs it. */
  created?: string;
}

/** What time it is when a mutation arrives, in milliseconds since the epoch. */
export interface Arrival {
  /** As the library most likely knows it. */
  now: number;
  /** By the device's own clock, where it says. */
  deviceNow: number | undefined;
  /** When it was made, by the library's time. */
  madeAt: number;
  /** Whole seconds by which the device's clock was ahead of that, as far as is known. */
  aheadSeconds: number;
  /** What the device took for the moment at which it made this, where its clock is more than a day behind. */
  madeBehind: number | undefined;
  /** As it was sent, with the ids of this life of the library. */
  document: MutationDocument;
  /** What it decides; null where no other mutation can be later. */
  conflictKey: string | null;
  /** It was made in another life of the library: what came of it then may be known here by its figures alone. */
  fromFormerLife: boolean;
}

/** What a mutation came to beside others: `outdone` by a later one, `kept` in a history though it is not shown. */
export type Outcome = Effect & Pick<Extract<MutationResult, { state: 'applied' }>, 'outdone' | 'kept'>;

/** What is known of a mutation that was applied in a life of the library that was lost. */
export interface LostLife {
  /** Milliseconds since the epoch. */
  madeAt: number;
  /** The id that a track of that life has here. */
  track(theirs: number): number;
}

/** What the library does with one kind of mutation; the rest of the kind is in shared/mutations. Each runs inside a transaction. */
export interface MutationHandler<K extends MutationKind> {
  /** The mutation with the ids that what it names has in this life of the library. @throws {Refusal} where that is not here. */
  retarget(mutation: MutationOf<K>, resolver: TargetResolver): MutationOf<K>;
  /** Does it. @throws {Refusal} when it cannot be done; nothing of it is stored then. */
  apply(core: Core, mutation: MutationOf<K>, arrival: Arrival): Outcome;
  /** What is stored of one that a later one superseded; where it is left out, nothing is. */
  superseded?(core: Core, mutation: MutationOf<K>, arrival: Arrival): Outcome;
  /** What it makes or takes away is known by the device's own name for it: it is taken, however long ago it was made. */
  hasOwnName?: true;
  /**
   * What a library that is rebuilt from a device takes from one that was applied before, when its documents are back; where it is left
   * out, the documents say all of it.
   */
  rebuild?(core: Core, mutation: MutationOf<K>, from: LostLife): void;
}
