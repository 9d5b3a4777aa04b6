import type { CollectionName } from '#shared/sync/collections.ts';
import type { Intent, IntentKind } from '#shared/sync/intents.ts';
import type { RefusalReason } from '#shared/sync/refusals.ts';
import type { Core } from '../core.ts';

/** What an intent came to. */
export interface Effect {
  /** The collection in which a device sees it. */
  seenIn: CollectionName;
  /** The id of what it created, where the device needs it. */
  created?: string;
}

/** What time it is when an intent arrives, in milliseconds since the epoch. */
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
  /** It was made in another life of the library: what came of it then may be known here by its figures alone. */
  fromFormerLife: boolean;
}

/** Applies one kind of intent, inside a transaction. @throws {Refusal} when it cannot be done; nothing of it is kept then. */
export type Handler<K extends IntentKind> = (
  core: Core,
  intent: Extract<Intent, { kind: K }>,
  arrival: Arrival,
) => Effect;
export type Handlers<K extends IntentKind = IntentKind> = { [Kind in K]: Handler<Kind> };

/** Why an intent is refused: `reason` for the device's translations, the message in words. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;
  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
