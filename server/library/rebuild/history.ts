import type { ConflictEntity } from '#shared/mutations/definition.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import { type Core } from '../core.ts';
import { pastOutcome } from '../mutations/mutationHistory.ts';
import { conflictKeyOf } from '../mutations/conflictKeys.ts';
import { handlerOf } from '../mutations/registry.ts';
import { storeMutation } from '../mutations/store.ts';
import type { ForeignIds } from './ids.ts';

/**
 * What a device's own mutations came to in that life: they are not applied a second time when it offers them again, and a later
 * word still goes before an earlier one. Their effect is in the documents.
 *
 * @returns true when it was not known.
 */
export function takeMutation(core: Core, ids: ForeignIds, document: MutationDocument): boolean {
  const { verdict: result } = document;
  if (
    result === undefined ||
    core.db.get('SELECT 1 FROM intents WHERE id = ?', document.id) !== undefined ||
    pastOutcome(core, document.id) !== undefined
  )
    return false;
  const { intent: mutation, madeAt } = document;
  const isApplied = result.state === 'applied';
  // Whatever this library's feed comes to: a device holds the effect already.
  const settled = isApplied ? { ...result, appliedSeq: 0 } : result;
  const conflictKey = isApplied ? conflictKeyOf(core, mutation, (entity, id) => ID_HERE[entity](ids, id)) : null;
  storeMutation(core, document, settled, conflictKey);
  if (isApplied) handlerOf(mutation).rebuild?.(core, mutation, { madeAt, track: (theirs) => ids.track(theirs) });
  return true;
}

/** The id here of what a mutation decides about. */
const ID_HERE: Readonly<Record<ConflictEntity, (ids: ForeignIds, theirs: number | string) => number | string>> = {
  recording: (ids, theirs) => ids.track(Number(theirs)),
  album: (ids, theirs) => String(ids.of('album', Number(theirs)) ?? theirs),
  listen: (ids, theirs) => ids.listen(Number(theirs)),
};
