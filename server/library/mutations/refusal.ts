import type { RefusalReason } from '#shared/sync/refusals.ts';

/** Why a mutation is refused: `reason` for the device's translations, with a message in English. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;
  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
