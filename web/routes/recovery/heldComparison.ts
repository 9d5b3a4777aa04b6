import type { Held } from '$lib/library/types.ts';
import { type Difference, inDanger, type Kind, KINDS } from '../../lib/replica/kinds.ts';

/** A row of the question: what each side has of a kind, and what of it differs. */
export interface HeldRow extends Difference {
  kind: Kind;
}

/** What each holds. Of another library, and while it is being compared, only how much. */
export function heldRows({ differences, mine, theirs }: Held): HeldRow[] {
  const rows = differences
    ? KINDS.map((kind) => ({ kind, ...differences[kind] }))
    : COUNTED.map((kind) => ({
        kind,
        onlyHere: 0,
        differs: 0,
        ...(kind === 'listens'
          ? { mine: mine.listens, theirs: theirs.listens }
          : { mine: mine.documents[kind] ?? 0, theirs: theirs.documents[kind] ?? 0 }),
      }));
  return rows.filter((row) => row.mine > 0 || row.theirs > 0);
}

const COUNTED = ['listens', 'albums', 'artists', 'playlists', 'rollups', 'revisions'] as const satisfies Kind[];

/**
 * What the question is about, as keys of the translations: `another` library; `fewer`, as far as it was counted; things that are not
 * there at all (`lacks`), read otherwise there (`differs`), or both.
 */
export function whatDiffers({ cause, differences, refused }: Held): 'another' | 'fewer' | 'lacks' | 'differs' | 'both' {
  if (cause === 'other-library') return 'another';
  if (!differences) return 'fewer';
  // Removed one by one, a playlist goes; else it is offered to the server again.
  const lacks =
    inDanger(differences, 'onlyHere').length > 0 ||
    (cause === 'emptied' && differences.playlists.onlyHere > 0) ||
    refused !== undefined;
  if (!lacks) return 'differs';
  return inDanger(differences, 'differs').length > 0 ? 'both' : 'lacks';
}
