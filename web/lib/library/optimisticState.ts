import type { MutationDocument } from '#shared/mutations/document.ts';
import { OptimisticDraft, type OptimisticState } from '#shared/mutations/optimisticState.ts';
import { definitionOf, MUTATIONS } from '#shared/mutations/registry.ts';
import type { CollectionName } from '#shared/sync/collections.ts';

type CaughtUp = Partial<Record<CollectionName, number>>;

/** Whether the device shows this mutation optimistically. */
export function isPending({ intent: mutation, verdict: result }: MutationDocument, caughtUp: CaughtUp): boolean {
  if (!result) return true;
  if (result.state === 'refused') return false;
  return MUTATIONS[mutation.kind].shownIn.some((name) => (caughtUp[name] ?? -1) < result.appliedSeq);
}

/** The optimistic effects of the pending mutations in the order in which they were made, whatever this device's clock did meanwhile. */
export function optimisticStateOf(documents: Iterable<MutationDocument>, caughtUp: CaughtUp): OptimisticState {
  const all = [...documents].sort((a, b) => a.number - b.number);
  const state = new OptimisticDraft();
  for (const { intent: mutation, madeAt } of all) definitionOf(mutation).reserveIds?.(state, mutation, madeAt);
  for (const document of all)
    if (isPending(document, caughtUp)) definitionOf(document.intent).optimistic(state, document.intent);
  return state;
}

export const NO_MUTATIONS: OptimisticState = new OptimisticDraft();
