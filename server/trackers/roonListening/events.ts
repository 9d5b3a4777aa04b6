import type { RoonZone } from '#server/upstreams/roon/index.ts';
import { coveredSeconds } from './coverage.ts';
import type { Play } from './state.ts';

/** `zones`: all zones there are, after every word of the Core. `lost`: the Core is gone, or we stop following it. */
export type ZonesEvent = { type: 'zones'; at: number; zones: readonly RoonZone[] } | { type: 'lost'; at: number };

/** A play to be recorded. Times are whole seconds since the epoch. */
export interface RoonListen {
  /** The same for every event of one play, and for no other play. */
  key: string;
  startedAt: number;
  /** When it was last heard, so far. */
  endedAt: number;
  /** Seconds of the track that were heard at least once. */
  listenedSeconds: number;
  title: string;
  artists: string;
  album: string | null;
  durationSeconds: number | null;
  imageKey: string | null;
  zoneId: string;
  zoneName: string;
}

/**
 * `earned`, once a play: record it. `ended`: its end is known now; it comes again, with a later end, for a play that
 * went on after the Core was lost.
 */
export type ListeningEvent = { type: 'earned' | 'ended'; listen: RoonListen };

/** A play as it stands, for whoever records it. */
export function listenOf({ key, item, startedAt, endedAt, heard, zoneId, zoneName }: Play): RoonListen {
  const start = Math.floor(startedAt);
  return {
    key,
    startedAt: start,
    endedAt: Math.max(start, Math.floor(endedAt)),
    listenedSeconds: Math.round(coveredSeconds(heard)),
    title: item.title,
    artists: item.artists,
    album: item.album || null,
    durationSeconds: item.durationSeconds,
    imageKey: item.imageKey,
    zoneId,
    zoneName,
  };
}
