import type { MutationDocument } from '#shared/mutations/document.ts';
import { OptimisticDraft, type OptimisticState } from '#shared/mutations/optimisticState.ts';
import { definitionOf, MUTATIONS } from '#shared/mutations/registry.ts';
import type { CollectionName } from '#shared/sync/collections.ts';

type CaughtUp = Partial<Record<CollectionName, number>>;

/** Whether the device shows this mutation optimistically. */
export function isPending({ intent, verdict }: MutationDocument, caughtUp: CaughtUp): boolean {
  if (!verdict) return true;
  if (verdict.state === 'refused') return false;
  return MUTATIONS[intent.kind].shownIn.some((name) => (caughtUp[name] ?? -1) < verdict.appliedSeq);
}

/** The optimistic effects of the pending mutations in the order in which they were made, whatever this device's clock did meanwhile. */
export function optimisticStateOf(documents: Iterable<MutationDocument>, caughtUp: CaughtUp): OptimisticState {
  const all = [...documents].sort((a, b) => a.number - b.number);
  const state = new OptimisticDraft();
  for (const { intent, madeAt } of all) definitionOf(intent).reserveIds?.(state, intent, madeAt);
  for (const document of all)
    if (isPending(document, caughtUp)) definitionOf(document.intent).optimistic(state, document.intent);
  return state;
}

export const NO_MUTATIONS: OptimisticState = new OptimisticDraft();
