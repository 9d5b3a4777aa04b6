import { DATE_UNKNOWN } from '../journal/listen.ts';
import type { Analysis } from './analysis.ts';
import { compareDocumentIds } from './documentIds.ts';
import type { Period } from './period.ts';
import { rollupMonths } from './rollupMonths.ts';
import { tallyArtists, trackOfListens } from './tally.ts';
import { nameArtist } from './tops.ts';

/** The mean month of the Gregorian calendar. */
const MONTH_SECONDS = 2_629_746;

/** An artist who was heard again after a long silence. */
export interface Comeback {
  artistId: string;
  name: string;
  /** The last listen before the silence and the first after it, seconds since the epoch. */
  lastHeard: number;
  returnedAt: number;
  /** In the whole period. */
  listens: number;
}

/**
 * Artists unheard for at least so many months who were heard again in the period, the longest silence first; of several silences
 * of one artist the longest counts. An archived month counts as heard from its first second to its last. Unknown dates are left out.
 */
export function comebacks(analysis: Analysis, period: Period, months = 12): Comeback[] {
  const { journal, library } = analysis;
  const silence = months * MONTH_SECONDS;
  const last = new Float64Array(library.artistIds.length).fill(-Infinity);
  const found = new Map<number, { lastHeard: number; returnedAt: number }>();
  const hear = (artist: number, from: number, to: number): void => {
    const before = last[artist]!;
    if (to > before) last[artist] = to;
    if (before === -Infinity || from - before < silence || from < period.from || from >= period.to) return;
    const known = found.get(artist);
    if (!known || from - before > known.returnedAt - known.lastHeard) found.set(artist, { lastHeard: before, returnedAt: from });
  };

  const archived = rollupMonths(analysis);
  let month = 0;
  const hearArchived = (until: number): void => {
    for (; month < archived.length && archived[month]!.from <= until; month++) {
      const { rollup, from, to } = archived[month]!;
      const artists = new Set(rollup.tracks.flatMap(([trackId]) => library.trackArtists[library.trackIndex(trackId)] ?? []));
      for (const artist of artists) hear(artist, from, to - 1);
    }
  };
  const tracks = trackOfListens(analysis);
  const [, end] = journal.indexRange(-Infinity, period.to);
  for (let row = 0; row < end; row++) {
    const time = journal.time[row]!;
    if (tracks[row]! < 0 || time === DATE_UNKNOWN) continue;
    if (month < archived.length) hearArchived(time);
    for (const artist of library.trackArtists[tracks[row]!]!) hear(artist, time, time);
  }
  hearArchived(period.to - 1);

  const listens = tallyArtists(analysis, period);
  return Array.from(found, ([artist, gap]) => ({ ...nameArtist(analysis, artist), ...gap, listens: listens[artist]! })).sort(
    (a, b) => b.returnedAt - b.lastHeard - (a.returnedAt - a.lastHeard) || compareDocumentIds(a.artistId, b.artistId),
  );
}
