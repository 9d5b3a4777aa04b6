import * as v from 'valibot';
import { DeviceUuid, StoredSeconds, Whole } from '../primitives/identifiers.ts';
import { StoredOptions } from './playlistOptions.ts';
import { named } from './named.ts';

export const PlaylistAlgorithms = ['recent', 'loved', 'top_artists', 'random', 'discover', 'decade', 'ai'] as const;
export type PlaylistAlgorithm = (typeof PlaylistAlgorithms)[number];

/** In UTF-16 units. */
export const LONGEST_REASON = 500;

/** As many entries a playlist has at most. */
export const MOST_ENTRIES = 2_000;

/** Longer than any title; bounds what a device may send. */
const EntryText = v.pipe(v.string(), v.maxLength(5_000));

/**
 * A track's place in a playlist. `entry` names the place, so that a list edited on two devices can be merged. It also says in words
 * what it holds, so that it stays readable where the track is unknown (`trackId: null`) and finds it again when it appears.
 */
export const PlaylistEntry = v.object({
  entry: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  trackId: v.nullable(Whole),
  /** Who plays it, as one line. */
  artist: v.optional(EntryText),
  title: v.optional(EntryText),
  album: v.optional(EntryText),
  /** Why the AI chose it. */
  reason: v.optional(v.pipe(v.string(), v.maxLength(LONGEST_REASON))),
});
export type PlaylistEntry = v.InferOutput<typeof PlaylistEntry>;

/** A playlist as both sides hold it; its id is the UUID of the device or server that made it. */
export const PlaylistDocument = v.object({
  id: DeviceUuid,
  name: named(200),
  /** `null` for a manual one. */
  algorithm: v.nullable(v.picklist(PlaylistAlgorithms)),
  aiPrompt: v.nullable(v.pipe(v.string(), v.maxLength(2000))),
  /** The options it was drawn with, to draw again. */
  options: v.optional(StoredOptions),
  createdAt: StoredSeconds,
  updatedAt: StoredSeconds,
  entries: v.pipe(v.array(PlaylistEntry), v.maxLength(MOST_ENTRIES)),
});
export type PlaylistDocument = v.InferOutput<typeof PlaylistDocument>;
