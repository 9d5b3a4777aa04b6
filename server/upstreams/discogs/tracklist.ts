import * as v from 'valibot';
import { looseList, looseText, record, requiredList } from '#server/kit/http/responseSchema.ts';
import { Artists, type CreditedArtist } from './artists.ts';

/**
 * A line of the tracklist. A heading is never played; an index holds the parts of one piece, and either has its own
 * duration or leaves it to them.
 */
export interface TracklistEntry {
  kind: 'track' | 'heading' | 'index';
  /** As printed: "A1", "1-4", "5a"; '' for none. */
  position: string;
  title: string;
  durationSeconds: number | null;
  /** Only where the track has a credit of its own. */
  artists: CreditedArtist[];
  subTracks: TracklistEntry[];
}

/** @returns seconds from "m:ss" or "h:mm:ss"; null for '' and anything else. */
export function durationSeconds(text: string): number | null {
  const parts = /^(?:(\d{1,3}):)?(\d{1,4}):(\d{2})$/.exec(text.trim());
  if (!parts) return null;
  const seconds = Number(parts[1] ?? 0) * 3600 + Number(parts[2]) * 60 + Number(parts[3]);
  return seconds > 0 ? seconds : null;
}

const lineEntries = {
  type_: v.optional(looseText),
  position: v.optional(looseText),
  title: v.optional(looseText),
  duration: v.optional(looseText),
  artists: v.optional(Artists),
};

const SubTrack = v.pipe(
  record(lineEntries),
  v.transform((line) => entry(line, 'track', [])),
);

const Line = v.pipe(
  record({ ...lineEntries, sub_tracks: v.optional(looseList(SubTrack)) }),
  v.transform((line): TracklistEntry => {
    const subTracks = line.sub_tracks ?? [];
    if (line.type_ === 'heading') return entry({ ...line, duration: '' }, 'heading', []);
    return entry(line, line.type_ === 'index' || subTracks.length > 0 ? 'index' : 'track', subTracks);
  }),
);

/** Null where a page has none. */
export const Tracklist = v.union([
  requiredList(Line),
  v.pipe(
    v.unknown(),
    v.transform((): TracklistEntry[] => []),
  ),
]);

interface RawLine {
  position?: string | undefined;
  title?: string | undefined;
  duration?: string | undefined;
  artists?: CreditedArtist[] | undefined;
}

function entry(line: RawLine, kind: TracklistEntry['kind'], subTracks: TracklistEntry[]): TracklistEntry {
  return {
    kind,
    position: line.position ?? '',
    title: line.title ?? '',
    durationSeconds: durationSeconds(line.duration ?? ''),
    artists: line.artists ?? [],
    subTracks,
  };
}
