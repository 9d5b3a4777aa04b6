import type { PlaylistDocument, PlaylistEntry } from './playlist.ts';

/**
 * Conflict resolution of playlists: one out of two that were changed separately. `base` is what both last had in common; without one, nothing
 * counts as taken away. The outcome does not depend on which side is called mine:
 *
 * - a fact (the name, …) that one side changed is taken from there; changed on both, from the later side;
 * - an entry that either side added is kept; one that either side took away is gone;
 * - the order is that of the side that moved entries; of both, the later. Entries the other side added follow the entry they
 *   followed there.
 */
export function mergePlaylists(
  base: PlaylistDocument | null,
  mine: PlaylistDocument,
  theirs: PlaylistDocument,
): PlaylistDocument {
  const [earlier, later] = inOrder(mine, theirs);
  const pick = <K extends keyof PlaylistDocument>(field: K): PlaylistDocument[K] =>
    base && same(later[field], base[field]) ? earlier[field] : later[field];
  const options = pick('options');
  return {
    id: later.id,
    name: pick('name'),
    algorithm: pick('algorithm'),
    aiPrompt: pick('aiPrompt'),
    ...(options !== undefined && { options }),
    createdAt: Math.min(mine.createdAt, theirs.createdAt),
    updatedAt: Math.max(mine.updatedAt, theirs.updatedAt),
    entries: mergeEntries(base?.entries ?? [], earlier.entries, later.entries),
  };
}

/** By `updatedAt`, and where that is equal by what they say, so that both devices agree on which is the later. */
function inOrder(a: PlaylistDocument, b: PlaylistDocument): [earlier: PlaylistDocument, later: PlaylistDocument] {
  const difference = a.updatedAt - b.updatedAt || (JSON.stringify(facts(a)) < JSON.stringify(facts(b)) ? -1 : 1);
  return difference < 0 ? [a, b] : [b, a];
}

/** The document as a list, so that the order of its keys says nothing. */
function facts({ name, algorithm, aiPrompt, options, createdAt, entries }: PlaylistDocument): unknown[] {
  const sortedOptions = options && Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  return [name, algorithm, aiPrompt, sortedOptions, createdAt, entries.map(entryFacts)];
}

const entryFacts = ({ entry, trackId, artist, title, album, reason }: PlaylistEntry): unknown[] => [
  entry,
  trackId,
  artist,
  title,
  album,
  reason,
];

function mergeEntries(
  base: readonly PlaylistEntry[],
  earlier: readonly PlaylistEntry[],
  later: readonly PlaylistEntry[],
): PlaylistEntry[] {
  const [inBase, inEarlier, inLater] = [byEntry(base), byEntry(earlier), byEntry(later)];
  const survives = ({ entry }: PlaylistEntry): boolean =>
    !inBase.has(entry) || (inEarlier.has(entry) && inLater.has(entry));
  // An order nobody touched is the base's; the side that left it alone follows the other.
  const moved = (side: readonly PlaylistEntry[], its: ReadonlyMap<string, PlaylistEntry>): boolean =>
    !same(
      base.filter(({ entry }) => its.has(entry)).map(({ entry }) => entry),
      [...byEntry(side).keys()].filter((entry) => inBase.has(entry)),
    );
  const earlierLeads = moved(earlier, inEarlier) && !moved(later, inLater);
  const [leading, following] = earlierLeads ? [inEarlier, inLater] : [inLater, inEarlier];

  const order = [...leading.values()].filter(survives);
  let before: string | undefined;
  for (const entry of following.values()) {
    if (!survives(entry)) continue;
    if (!leading.has(entry.entry)) order.splice(placeAfter(order, before), 0, entry);
    before = entry.entry;
  }
  return order.map(({ entry }) => {
    const [known, first, second] = [inBase.get(entry), inEarlier.get(entry), inLater.get(entry)];
    if (!first || !second) return (first ?? second)!;
    return known && same(entryFacts(second), entryFacts(known)) ? first : second;
  });
}

function placeAfter(order: readonly PlaylistEntry[], before: string | undefined): number {
  return before === undefined ? 0 : order.findIndex(({ entry }) => entry === before) + 1;
}

/** Entries by their name; of two with the same the first counts. */
function byEntry(entries: readonly PlaylistEntry[]): Map<string, PlaylistEntry> {
  const map = new Map<string, PlaylistEntry>();
  for (const entry of entries) if (!map.has(entry.entry)) map.set(entry.entry, entry);
  return map;
}

/** Whether two plain values say the same. */
function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
