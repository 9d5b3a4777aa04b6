import type { Listen } from '#shared/journal/listen.ts';

/** As much of a listen as figures count; `owner` is an album's id, or minus an artist's. */
export type CountedRow = [
  id: number,
  playedAt: number,
  trackId: number,
  owner: number,
  source: Listen['source'],
  zone: string | null,
];

/** The listen of such a row, for `computeRollups`, which does not ask how many reports it has. */
export const countedListen = ([id, playedAt, trackId, owner, source, zone]: CountedRow): Listen => ({
  id,
  playedAt,
  trackId,
  ownerId: owner,
  source,
  witnesses: 1,
  ...(zone !== null && { zone }),
});
