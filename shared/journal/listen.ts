import * as v from 'valibot';

/** Where a play was reported from. `manual` is a person's own word. */
export const ListenSources = ['lastfm', 'roon', 'manual', 'import'] as const;
export type ListenSource = (typeof ListenSources)[number];
export const ListenSource = v.picklist(ListenSources);

/** One listen of the journal, decoded. */
export interface Listen {
  id: number;
  /** Start of the play, seconds since the epoch. */
  playedAt: number;
  trackId: number;
  /** The document that carries the track: an album's id, or minus an artist's id for a track without album. */
  holder: number;
  source: ListenSource;
  /** Roon's zone, where there was one. */
  zone?: string;
  /** How many scrobbles say so; 1 unless several sources reported the same play. */
  witnesses: number;
  note?: string;
  /** The source no longer lists it: it was deleted there. */
  goneUpstream?: boolean;
}

/**
 * Last.fm's placeholder stamp (2005-02-13 10:20 UTC) of plays whose date is unknown: kept, but outside clocks and streaks.
 */
export const DATE_UNKNOWN = 1_108_290_000;
