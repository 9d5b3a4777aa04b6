import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Targets } from '#shared/mutations/definition.ts';
import { definitionOf, type Mutation } from '#shared/mutations/registry.ts';
import type { MutationTarget } from '#shared/mutations/targets.ts';

/**
 * What a mutation is about, in names: as it was shown when the person did it, so that it can be shown of what is gone by now; else as
 * another mutation of this device or the library names it. '' where nobody knows.
 *
 * @param own the mutations of this device: what it made itself goes by names of its own until the server has it.
 * @param named what the library calls it now.
 */
export function aboutOf(
  document: MutationDocument,
  own: Iterable<MutationDocument>,
  named: (mutation: Mutation) => readonly MutationTarget[],
): string {
  const { intent: mutation, targets = [] } = document;
  return inNames(targets) || inNames(madeHere(mutation, own)) || inNames(named(mutation));
}

function inNames(known: Targets): string {
  const targets = known.filter((target) => target !== undefined);
  const tracks = targets.filter((target) => target.kind === 'track');
  const [first] = tracks;
  // A side of a record is named by the record.
  if (first?.album && tracks.length > 1 && tracks.every(({ album }) => album === first.album))
    return line(first.album, first.artist);
  const names = targets.flatMap((target) => {
    if (target.kind === 'artist') return target.name;
    return 'title' in target ? line(target.title, target.artist) : [];
  });
  return names.filter((name) => name !== '').join(', ');
}

const line = (title: string, artist: string): string => [title, artist].filter((name) => name !== '').join(' – ');

/** What this device itself wrote down, or logged. */
function madeHere(mutation: Mutation, own: Iterable<MutationDocument>): Targets {
  const definition = definitionOf(mutation);
  if (definition.makes) return definition.makes(mutation, []).targets;
  const names = definition.ownNames?.(mutation) ?? [];
  if (names.length === 0) return [];
  const made = new Map<string, Targets>();
  for (const { intent: stored, targets = [] } of own) {
    const { name, targets: about } = definitionOf(stored).makes?.(stored, targets) ?? {};
    if (name !== undefined && about && !made.has(name)) made.set(name, about);
  }
  return names.flatMap((name) => made.get(name) ?? []);
}
