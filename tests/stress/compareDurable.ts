import type { DurableState } from './durableDeeds.ts';
import { repeated } from './tally.ts';

interface Line {
  /** What is spoken of: there is one of it. */
  of: string;
  says: string;
}

export interface Differences {
  /** What the person left, and is not there or is there another way; and what is there besides, deleted things among it. */
  altered: string[];
  /** What is there twice. */
  doubled: string[];
}

/** What a household has, beside what the person left. A playlist is known by its name. */
export function compareDurable(left: DurableState, there: DurableState): Differences {
  const [wanted, found] = [linesOf(left), linesOf(there)];
  const [wantedBy, foundBy] = [byThing(wanted), byThing(found)];
  const altered = [...new Set([...wantedBy.keys(), ...foundBy.keys()])].flatMap((of) => {
    const [one, other] = [wantedBy.get(of), foundBy.get(of)];
    if (one === other) return [];
    if (other === undefined) return [`not there: ${of} (${one})`];
    return [one === undefined ? `there besides: ${of} (${other})` : `altered: ${of} (${one}) is ${other}`];
  });
  return { altered, doubled: repeated(found.map(({ of }) => of)) };
}

function linesOf({ albums, listens, playlists }: DurableState): Line[] {
  return [
    ...albums.map(({ id, rating, note }) => ({ of: `album ${id}`, says: `${rating}, ${note}` })),
    ...listens
      .filter(({ gone }) => !gone)
      .map(({ id, loved, note }) => ({ of: `listen ${id}`, says: `${loved}, ${note}` })),
    ...playlists.map(({ name, titles }) => ({ of: `playlist ${name}`, says: titles.join(', ') })),
  ];
}

const byThing = (lines: readonly Line[]): Map<string, string> => new Map(lines.map(({ of, says }) => [of, says]));
