import type { Problem } from '#shared/errors/errors.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { Differences } from './kinds.ts';
import type { Counts, Holdings } from './counts.ts';
import type { ServerState } from './serverState.ts';

/** More than this share of what a device holds is never taken away unasked. */
const TOLERATED_SHARE = 0.02;
/** Nor is so little worth a question, where things go one by one: a few records given away. */
const HANDFUL = 5;

/** `mine`: keep showing what is here; `theirs`: take the server's; `bring-back`: give the server what it lacks. */
export type HeldAnswer = 'mine' | 'theirs' | 'bring-back';

/** A held library: the server's would take a large part of what this device holds, so nothing of it is taken in until a person says so. */
export interface Held {
  /**
   * `other-library`: the server holds another one; `smaller`: it begins a new life without some of this; `replaced`: as many, but others;
   * `emptied`: much of a collection was removed in one go.
   */
  cause: 'other-library' | 'smaller' | 'replaced' | 'emptied';
  /** Why the server's library began this life (`restore`, `new` …), in its words. */
  because: string | null;
  /** The collections that would lose much; none where it is little that only this device has. */
  losing: (CollectionName | 'listens')[];
  mine: Counts;
  theirs: Counts;
  /** Of the same library: what differs, as it was when the question arose. In another one nothing is the same but by chance. */
  differences?: Differences;
  /** What the server would not take when it was brought back, with why: it is here still, and goes with the rest when a person says so. */
  refused?: Refusal[];
  /** How many they are, listed here or not. */
  refusedInAll?: number;
  libraryId: string;
  epoch: string;
  /** Milliseconds since the epoch. */
  since: number;
  answer: HeldAnswer | null;
}

/** A document that the server would not take, and why: in its words, and as a case that this app has words for. */
export interface Refusal {
  collection: CollectionName;
  id: string;
  reason: string;
  /** Not from a server of before there were cases for it. */
  problem?: Problem | undefined;
}

/** How many documents the server did not take, listed one by one or not. */
export const refusedInAll = (summary: { refused: Refusal[]; refusedInAll?: number | undefined }): number =>
  summary.refusedInAll ?? summary.refused.length;

/** What a person was asked: an answer is for this and for nothing that was asked after it. */
export type HeldQuestion = Pick<Held, 'epoch' | 'cause'>;

/** What was answered with "take the server's": this life of the library, up to here. */
export interface Accepted {
  epoch: string;
  seq: number;
}

/** A loss of so many out of so many is more than is taken without asking. */
export function isMuch(lost: number, of: number): boolean {
  return lost > of * TOLERATED_SHARE;
}

/** The same where things are removed one by one, as a person does it too. */
export function isMuchAtOnce(lost: number, of: number): boolean {
  return lost > HANDFUL && isMuch(lost, of);
}

/** What taking over the server's library would cost this device more than a little of. Playlists are its own, and are offered again. */
function losses(mine: Counts, theirs: Counts): Held['losing'] {
  const names = Object.keys(mine.documents) as CollectionName[];
  const losing = names.filter((name) => {
    const [here, there] = [mine.documents[name] ?? 0, theirs.documents[name]];
    // What comes back from the archive leaves the rollups.
    const explained = name === 'playlists' || (name === 'rollups' && theirs.listens > mine.listens);
    return !explained && there !== undefined && isMuch(here - there, here);
  });
  return isMuch(mine.listens - theirs.listens, mine.listens) ? [...losing, 'listens'] : losing;
}

/**
 * Whether a server's library in a life that this device does not know may be taken over. @returns why not, or null.
 *
 * @param libraryId of the library that the device followed until now; null when it never was known.
 */
export function reasonToHold(
  libraryId: string | null,
  mine: Holdings,
  theirs: ServerState,
): Pick<Held, 'cause' | 'losing'> | null {
  if (Object.values(mine.documents).every((count) => count === 0)) return null;
  const losing = losses(mine, theirs);
  if (libraryId !== null && libraryId !== theirs.libraryId) return { cause: 'other-library', losing };
  return losing.length > 0 ? { cause: 'smaller', losing } : null;
}
