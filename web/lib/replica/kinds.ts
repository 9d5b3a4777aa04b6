/** What people have in a library, as they would name it; in the order in which it is listed. */
export const KINDS = [
  'listens',
  'albums',
  'owned',
  'artists',
  'ratings',
  'notes',
  'loved',
  'playlists',
  'rollups',
  'revisions',
] as const;
export type Kind = (typeof KINDS)[number];

/** How many of a kind each side has, how many only this device has, and how many both have, but not the same. */
export interface Difference {
  mine: number;
  theirs: number;
  onlyHere: number;
  differs: number;
}
export type Differences = Record<Kind, Difference>;

/** What stands here and not, or not so, with the server; playlists are offered to it again whatever is answered. */
export const inDanger = (differences: Differences, of: 'onlyHere' | 'differs'): Kind[] =>
  KINDS.filter((kind) => kind !== 'playlists' && differences[kind][of] > 0);
