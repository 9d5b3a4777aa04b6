import * as v from 'valibot';
import { Problem } from '../errors/errors.ts';
import { HealthCondition } from './healthCondition.ts';
import { StoredSeconds, Whole } from '../primitives/identifiers.ts';
import { ServiceState } from '../library/household.ts';
import { nowPlayingIds } from '../upstreams/registry.ts';

/** What is sounding in one place; the position is that of `at`, and moves on by itself while `state` is playing. */
export const NowPlaying = v.object({
  /** `lastfm`, or `roon:<zone id>`. */
  place: v.string(),
  source: v.picklist(nowPlayingIds),
  zone: v.optional(v.string()),
  state: v.picklist(['playing', 'paused', 'loading']),
  title: v.string(),
  artist: v.string(),
  album: v.nullable(v.string()),
  durationSeconds: v.nullable(v.number()),
  positionSeconds: v.nullable(v.number()),
  /** When this was true, milliseconds since the epoch by the server's clock. */
  at: v.number(),
  /** The library's own album and track, where they are known already. */
  albumId: v.optional(v.string()),
  trackId: v.optional(Whole),
  loved: v.optional(v.boolean()),
});
export type NowPlaying = v.InferOutput<typeof NowPlaying>;

/** Progress of a long piece of work: an import, a backfill, a playlist being written. */
export const Progress = v.object({
  work: v.string(),
  state: v.picklist(['running', 'done', 'failed', 'cancelled']),
  done: Whole,
  total: v.nullable(Whole),
  message: v.optional(v.string()),
  /** Why it failed, as pages translate it; `message` is the original. */
  problem: v.optional(Problem),
});
export type Progress = v.InferOutput<typeof Progress>;

/** The events of GET /api/v1/sync/stream: the name is the SSE event, the value its JSON data. */
export const StreamEvents = {
  /** Something changed in this collection, up to `seq`. */
  resync: v.object({ collection: v.string(), seq: Whole, epoch: v.string() }),
  /** Everything that sounds now; an empty list when nothing does. */
  'now-playing': v.object({ items: v.array(NowPlaying) }),
  service: ServiceState,
  progress: Progress,
  /** Every condition of the server that pages show. The list is whole: what is not in it any more is over. */
  health: v.object({ conditions: v.array(HealthCondition) }),
  /** What is asked for by REST may be another: somebody changed something there. */
  facts: v.object({ at: StoredSeconds }),
  /** Text as it is written, while a person waits for it. */
  words: v.object({
    albumId: v.string(),
    text: v.string(),
    done: v.boolean(),
    /** Why nothing was written, in words; with `done`. */
    failed: v.optional(v.string()),
    problem: v.optional(Problem),
  }),
  hello: v.object({
    epoch: v.string(),
    libraryId: v.optional(v.string()),
    /** By the server's clock, and the latest that the library knows of, in milliseconds: they differ where that clock was set back. */
    serverTime: v.number(),
    latestTime: v.optional(v.number()),
    protocol: Whole,
    at: StoredSeconds,
  }),
} as const;
export type StreamEventName = keyof typeof StreamEvents;
export type StreamEvent = {
  [N in StreamEventName]: { event: N; data: v.InferOutput<(typeof StreamEvents)[N]> };
}[StreamEventName];
