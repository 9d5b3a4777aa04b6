import * as v from 'valibot';
import type { Item } from './item.ts';
import type { Coverage } from './coverage.ts';

/** One play of one item, in however many zones it sounds. */
export interface Play {
  key: string;
  item: Item;
  /** Seconds since the epoch. */
  startedAt: number;
  /** When it was last heard. */
  endedAt: number;
  /** Where it began; it keeps that zone through every regrouping. */
  zoneId: string;
  zoneName: string;
  heard: Coverage;
  earned: boolean;
}

/** A zone that plays, or just played, a play's item. */
export interface Trace {
  zoneId: string;
  playKey: string;
  outputIds: string[];
  /** The last position known, seconds into the track. */
  position: number | null;
  playing: boolean;
  seenAt: number;
  /** Since when its zone is gone or shows nothing; the play may yet go on elsewhere. */
  parkedAt: number | null;
  /** Whether the Core was lost since it was seen. */
  stale: boolean;
}

/** All the rule remembers. Plain JSON: persisted over a restart, a track that was playing goes on as the same play. */
export interface ListeningState {
  /** False before the first word of a Core and after it was lost: what plays then may have begun unseen. */
  connected: boolean;
  /** Plays begun so far; part of their keys. */
  sequence: number;
  /** The item each zone showed last, its fields as one text. Zones that showed none are left out. */
  shown: Record<string, string>;
  traces: Trace[];
  plays: Record<string, Play>;
}

export const emptyListening: ListeningState = { connected: false, sequence: 0, shown: {}, traces: [], plays: {} };

const seconds = v.pipe(v.number(), v.finite());
const item = v.object({
  title: v.string(),
  artists: v.string(),
  album: v.string(),
  durationSeconds: v.nullable(seconds),
  imageKey: v.nullable(v.string()),
});
const play = v.object({
  key: v.string(),
  item,
  startedAt: seconds,
  endedAt: seconds,
  zoneId: v.string(),
  zoneName: v.string(),
  heard: v.array(v.tuple([seconds, seconds])),
  earned: v.boolean(),
});
const trace = v.object({
  zoneId: v.string(),
  playKey: v.string(),
  outputIds: v.array(v.string()),
  position: v.nullable(seconds),
  playing: v.boolean(),
  seenAt: seconds,
  parkedAt: v.nullable(seconds),
  stale: v.boolean(),
});
const state = v.object({
  connected: v.boolean(),
  sequence: v.pipe(v.number(), v.integer(), v.minValue(0)),
  shown: v.record(v.string(), v.string()),
  traces: v.array(trace),
  plays: v.record(v.string(), play),
});

/** Reads a persisted state; anything that is not one counts as none, and costs the tracks that were playing. */
export function readListening(stored: unknown): ListeningState {
  const parsed = v.safeParse(state, stored);
  if (!parsed.success) return emptyListening;
  const traces = parsed.output.traces.filter(({ playKey }) => Object.hasOwn(parsed.output.plays, playKey));
  return { ...parsed.output, connected: false, traces: traces.map((each) => ({ ...each, stale: true })) };
}
