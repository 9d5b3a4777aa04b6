import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Core } from '../core.ts';
import { sharedIds } from './lineage.ts';
import { TargetResolver } from './targetResolver.ts';
import { handlerOf } from './registry.ts';
import { matchesTarget } from './matchesTarget.ts';

/**
 * The mutation as it is meant in this life of the library: ids of another life, and those that lead to something else than what the
 * person saw, are exchanged for those that the named things have here. A library may have gone back unnoticed, with its whole disk,
 * so ids of this very life are held against the names as well.
 *
 * @throws {Refusal} `target-gone`, naming what was meant, where that is not here, or cannot be distinguished from another.
 */
export function retargeted(core: Core, document: MutationDocument): MutationDocument {
  const { epoch } = core.feed;
  if (document.epoch === epoch && !document.targets?.some((target) => !matchesTarget(core, target))) return document;
  const resolver = new TargetResolver(core, document, sharedIds(core, document.epoch));
  const mutation = handlerOf(document.intent).retarget(document.intent, resolver);
  return {
    ...document,
    intent: mutation,
    epoch,
    ...(document.targets && { targets: document.targets.map((target) => resolver.renamed(target)) }),
  };
}
