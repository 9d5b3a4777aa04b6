import type { Intent, IntentDocument, Verdict } from '#shared/sync/intents.ts';
import type { MutationTarget } from '#shared/sync/targets.ts';
import { type Core, listed } from '../core.ts';

interface IntentRow {
  id: string;
  device_id: string;
  number: number;
  made_at: number;
  intent: string;
  verdict: string;
  epoch: string | null;
  targets: string | null;
}

/** The intents of these ids that were answered, each with its verdict. */
export function storedIntents(core: Core, ids: readonly string[]): IntentDocument[] {
  return core.db
    .all<IntentRow>('SELECT id, device_id, number, made_at, intent, verdict, epoch, targets FROM intents WHERE id IN (SELECT value FROM json_each(?))', listed(ids))
    .map((row) => ({
      id: row.id,
      deviceId: row.device_id,
      number: row.number,
      madeAt: row.made_at,
      intent: JSON.parse(row.intent) as Intent,
      ...(row.epoch !== null && { epoch: row.epoch }),
      ...(row.targets !== null && { targets: JSON.parse(row.targets) as MutationTarget[] }),
      verdict: JSON.parse(row.verdict) as Verdict,
    }));
}
