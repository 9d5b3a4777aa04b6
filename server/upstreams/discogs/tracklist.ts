import * as v from 'valibot';
import { looseList, looseText, record, requiredList } from '#server/kit/http/wire.ts';
import { Artists, type CreditedArtist } from './artists.ts';

/**
 * A line of the tracklist. A heading is never played; an index holds the parts of one piece, and either has its own
 * duration or leaves it to them.
 */
export interface TracklistEntry {
  kind: 'track' | 'heading' | 'index';
  /** As printed: "A1", "1-4", "5a"; '' for none. */
  position: string;
  /** The side of a record or cassette, where the position tells it: "A", "AA". */
  side: string | null;
  /** The disc of a set, where the position tells it ("2-4", "CD2-4"). */
  disc: number | null;
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

/** "A1" and "A" are side A, "AA2" is side AA; "CD1" and "1" are no side. */
export function sideOf(position: string): string | null {
  return /^(([A-Z])\2?)(?:\d|[a-z]?$|\.)/.exec(position)?.[1] ?? null;
}

/** "2-4", "2.12A" and "CD2-4" are on disc 2. */
export function discOf(position: string): number | null {
  const disc = /^(?:[A-Za-z]{2,4}-?)?(\d{1,3})[-.]\d/.exec(position)?.[1];
  return disc === undefined ? null : Number(disc);
}

const lineEntries = {
  type_: v.optional(looseText),
  position: v.optional(looseText),
  title: v.optional(looseText),
  duration: v.optional(looseText),
  artists: v.optional(Artists),
};

const SubTrack = v.pipe(record(lineEntries), v.transform((line) => entry(line, 'track', [])));

const Line = v.pipe(
  record({ ...lineEntries, sub_tracks: v.optional(looseList(SubTrack)) }),
  v.transform((line): TracklistEntry => {
    const subTracks = line.sub_tracks ?? [];
    if (line.type_ === 'heading') return entry({ ...line, duration: '' }, 'heading', []);
    return entry(line, line.type_ === 'index' || subTracks.length > 0 ? 'index' : 'track', subTracks);
  }),
);

/** Null where a page has none. */
export const Tracklist = v.union([requiredList(Line), v.pipe(v.unknown(), v.transform((): TracklistEntry[] => []))]);

interface WireLine {
  position?: string | undefined;
  title?: string | undefined;
  duration?: string | undefined;
  artists?: CreditedArtist[] | undefined;
}

function entry(line: WireLine, kind: TracklistEntry['kind'], subTracks: TracklistEntry[]): TracklistEntry {
  const position = line.position ?? '';
  return {
    kind,
    position,
    side: sideOf(position),
    disc: discOf(position),
    title: line.title ?? '',
    durationSeconds: durationSeconds(line.duration ?? ''),
    artists: line.artists ?? [],
    subTracks,
  };
}
