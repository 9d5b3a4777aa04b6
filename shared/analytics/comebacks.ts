import { DATE_UNKNOWN } from '../primitives/moments.ts';
import type { Analysis } from './analysis.ts';
import { compareDocumentIds } from './documentIds.ts';
import type { Period } from './period.ts';
import { rollupMonths } from './rollupMonths.ts';
import { tallyArtists, trackOfListens } from './tally.ts';
import { trackColumns } from './trackColumns.ts';
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

/** A silence of one artist, by number, between two listens. */
interface Silence {
  artist: number;
  lastHeard: number;
  returnedAt: number;
}

/**
 * Artists unheard for at least so many months who were heard again in the period, the longest silence first; of several silences
 * of one artist the longest counts. An archived month counts as heard from its first second to its last. Unknown dates are left out.
 */
export function comebacks(analysis: Analysis, period: Period, months = 12): Comeback[] {
  const longest = new Map<number, Silence>();
  for (const silence of silences(analysis, months * MONTH_SECONDS)) {
    if (silence.returnedAt < period.from || silence.returnedAt >= period.to) continue;
    const known = longest.get(silence.artist);
    if (!known || lengthOf(silence) > lengthOf(known)) longest.set(silence.artist, silence);
  }
  const listens = tallyArtists(analysis, period);
  return [...longest.values()]
    .map(({ artist, lastHeard, returnedAt }) => ({
      ...nameArtist(analysis, artist),
      lastHeard,
      returnedAt,
      listens: listens[artist]!,
    }))
    .sort((a, b) => lengthOf(b) - lengthOf(a) || compareDocumentIds(a.artistId, b.artistId));
}

/** How long the silence was, in whole months. */
export const silenceMonths = (comeback: Pick<Comeback, 'lastHeard' | 'returnedAt'>): number =>
  Math.floor(lengthOf(comeback) / MONTH_SECONDS);

const lengthOf = ({ lastHeard, returnedAt }: Pick<Silence, 'lastHeard' | 'returnedAt'>): number =>
  returnedAt - lastHeard;

/** Every silence that was at least so long, of all artists and all time. */
function silences(analysis: Analysis, atLeast: number): Silence[] {
  return analysis.derive(`silences ${atLeast}`, () => {
    const { journal, library } = analysis;
    const last = new Float64Array(library.artistIds.length).fill(-Infinity);
    const found: Silence[] = [];
    const hear = (artist: number, from: number, to: number): void => {
      const before = last[artist]!;
      if (to > before) last[artist] = to;
      if (from - before >= atLeast && before !== -Infinity) found.push({ artist, lastHeard: before, returnedAt: from });
    };

    const archived = rollupMonths(analysis);
    let month = 0;
    const hearArchived = (until: number): void => {
      for (; month < archived.length && archived[month]!.from <= until; month++) {
        const { rollup, from, to } = archived[month]!;
        const heard = rollup.tracks.flatMap(([trackId]) => library.trackArtists[library.trackIndex(trackId)] ?? []);
        for (const artist of new Set(heard)) hear(artist, from, to - 1);
      }
    };
    const tracks = trackOfListens(analysis);
    const { artists, artistsFrom } = trackColumns(library);
    for (let row = 0; row < tracks.length; row++) {
      const time = journal.time[row]!;
      if (tracks[row]! < 0 || time === DATE_UNKNOWN) continue;
      if (month < archived.length) hearArchived(time);
      const end = artistsFrom[tracks[row]! + 1]!;
      for (let at = artistsFrom[tracks[row]!]!; at < end; at++) hear(artists[at]!, time, time);
    }
    hearArchived(Infinity);
    return found;
  });
}
