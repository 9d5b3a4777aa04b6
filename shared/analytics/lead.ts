import type { Analysis } from './analysis.ts';
import { clock, mainHours, type HourWindow } from './clocks.ts';
import type { Comparison } from './comparison.ts';
import { discoveries } from './discoveries.ts';
import { compareOverview, type Overview } from './overview.ts';
import { ownership } from './ownership.ts';
import type { Period } from './period.ts';
import { tallyTracks } from './tally.ts';
import { topAlbums, topArtists, type TopAlbum, type TopArtist } from './tops.ts';

/** What the sentence at the head of a report is made of; the words are the page's. */
export interface Lead {
  now: Overview;
  before: Overview | null;
  /** What `before` is of. */
  comparedWith: Comparison | null;
  /** When most of the listening was. */
  hours: HourWindow | null;
  /** What holds the largest share of the listens: a support on the shelf, or streaming. Null without listens, and where two hold the same. */
  mostly: { kind: 'owned' | 'streamed'; support: string | null; share: number } | null;
  /** Albums heard for the first time. */
  newAlbums: number;
  topArtist: TopArtist | null;
  topAlbum: TopAlbum | null;
}

/** @param now seconds since the epoch: a period that is still running is compared with the same days of the one before. */
export function lead(analysis: Analysis, period: Period, now: number): Lead {
  return {
    ...compareOverview(analysis, period, now),
    hours: mainHours(clock(analysis, period)),
    mostly: mostly(analysis, period),
    newAlbums: discoveries(analysis, period, 0).albums,
    topArtist: topArtists(analysis, period, 1)[0] ?? null,
    topAlbum: topAlbums(analysis, period, 1)[0] ?? null,
  };
}

function mostly(analysis: Analysis, period: Period): Lead['mostly'] {
  const listens = tallyTracks(analysis, period).total;
  if (listens === 0) return null;
  const { owned, streamed } = ownership(analysis, period);
  const [top, second] = owned;
  if (top && (top.listens === streamed || (top.listens > streamed && top.listens === second?.listens))) return null;
  if (top && top.listens > streamed) return { kind: 'owned', support: top.support, share: top.listens / listens };
  return { kind: 'streamed', support: null, share: streamed / listens };
}
