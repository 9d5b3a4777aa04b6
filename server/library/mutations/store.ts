import type { MutationDocument, MutationResult } from '#shared/mutations/document.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { MutationTarget } from '#shared/mutations/targets.ts';
import { type Core, listed } from '../core.ts';

interface MutationRow {
  id: string;
  device_id: string;
  number: number;
  made_at: number;
  intent: string;
  verdict: string;
  epoch: string | null;
  targets: string | null;
}

/** The mutations of these ids that were answered, each with its result. */
export function storedMutations(core: Core, ids: readonly string[]): MutationDocument[] {
  return core.db
    .all<MutationRow>(
      'SELECT id, device_id, number, made_at, intent, verdict, epoch, targets FROM intents WHERE id IN (SELECT value FROM json_each(?))',
      listed(ids),
    )
    .map((row) => ({
      id: row.id,
      deviceId: row.device_id,
      number: row.number,
      madeAt: row.made_at,
      intent: JSON.parse(row.intent) as Mutation,
      ...(row.epoch !== null && { epoch: row.epoch }),
      ...(row.targets !== null && { targets: JSON.parse(row.targets) as MutationTarget[] }),
      verdict: JSON.parse(row.verdict) as MutationResult,
    }));
}

/** Keeps a mutation with what became of it. @param conflictKey what it decided; null where no other word on it can be later. */
export function storeMutation(
  core: Core,
  document: MutationDocument,
  result: MutationResult,
  conflictKey: string | null,
): MutationDocument {
  const { id, deviceId, number, madeAt, intent: mutation, epoch, targets } = document;
  core.db.run(
    'INSERT INTO intents (id, device_id, number, made_at, intent, verdict, subject, applied_at, epoch, targets) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    deviceId,
    number,
    madeAt,
    JSON.stringify(mutation),
    JSON.stringify(result),
    conflictKey,
    result.at,
    epoch,
    targets && JSON.stringify(targets),
  );
  core.feed.touch('intents', id);
  return {
    id,
    deviceId,
    number,
    madeAt,
    intent: mutation,
    ...(epoch !== undefined && { epoch }),
    ...(targets && { targets }),
    verdict: result,
  };
}
