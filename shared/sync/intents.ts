import * as v from 'valibot';
import { ListenSource } from '../journal/listen.ts';
import { Begins, MOST_PLAYED, NeedleMove } from '../journal/turntable.ts';
import {
  DeviceUuid,
  DocumentId,
  EpochSeconds,
  Positive,
  Rating,
  StoredMilliseconds,
  StoredSeconds,
  Whole,
} from '../library/identifiers.ts';
import { Moment } from '../library/moments.ts';
import { MutationTargets } from './targets.ts';
import { named } from '../library/named.ts';

const TrackId = Whole;
const ListenId = Whole;
const ListenIds = v.pipe(v.array(ListenId), v.minLength(2), v.maxLength(10));
const ScrobbleId = Whole;
const SplitReport = v.object({ source: ListenSource, playedAt: EpochSeconds });
/** Seconds; a day is more than any track. */
const Duration = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(86_400));
const Note = v.pipe(v.string(), v.maxLength(10_000));
/** The note as the person saw it when they wrote this one; '' for none. What stands there otherwise was not known to them. */
const NoteBefore = v.optional(v.pipe(v.string(), v.maxLength(100_000)));

/** What a person can want, told as one small fact that can be applied exactly once. */
export const Intent = v.variant('kind', [
  v.object({ kind: v.literal('love-track'), trackId: TrackId, loved: v.boolean() }),
  v.object({ kind: v.literal('delete-listen'), listenId: ListenId }),
  v.object({ kind: v.literal('restore-listen'), listenId: ListenId }),
  v.object({ kind: v.literal('rate-album'), albumId: DocumentId, rating: Rating }),
  v.object({ kind: v.literal('note-album'), albumId: DocumentId, note: Note, before: NoteBefore }),
  v.object({ kind: v.literal('note-listen'), listenId: ListenId, note: Note, before: NoteBefore }),
  /**
   * "I am playing this": the tracks, in order, from `playedAt` on. Where they end after it was made it is a session at the turntable:
   * each becomes a listen when its time has come. Undone by `remove-listens` of the same group.
   */
  v.object({
    kind: v.literal('add-listens'),
    group: DeviceUuid,
    playedAt: Moment,
    tracks: v.pipe(
      v.array(v.object({ trackId: TrackId, durationSeconds: v.optional(Duration), begins: v.optional(Begins) })),
      v.minLength(1),
      v.maxLength(MOST_PLAYED),
    ),
  }),
  /**
   * The same of what the library has no tracks of, by its names: one track, the tracks of a record, or a whole record as one listen
   * until its tracks are known. With `albumId` it is that record of the library's.
   */
  v.object({
    kind: v.literal('log-named'),
    group: DeviceUuid,
    playedAt: Moment,
    artist: named(300),
    album: v.optional(named(300)),
    albumId: v.optional(DocumentId),
    tracks: v.pipe(
      v.array(v.object({ title: named(300), durationSeconds: v.optional(Duration), begins: v.optional(Begins) })),
      v.minLength(1),
      v.maxLength(MOST_PLAYED),
    ),
    whole: v.optional(v.literal(true)),
  }),
  v.object({ kind: v.literal('remove-listens'), group: DeviceUuid }),
  /** What was done at the turntable in that session; taken back by the same with `undone`. */
  v.object({ kind: v.literal('move-needle'), group: DeviceUuid, move: NeedleMove }),
  /** One report of a listen is a play of its own; `report` is what the device shows of it meanwhile. Taken back by `rejoin-listen`. */
  v.object({
    kind: v.literal('split-listen'),
    listenId: ListenId,
    scrobbleId: ScrobbleId,
    report: v.optional(SplitReport),
  }),
  v.object({
    kind: v.literal('rejoin-listen'),
    listenId: ListenId,
    scrobbleId: ScrobbleId,
    report: v.optional(SplitReport),
  }),
  /** These were one play; the first is shown meanwhile. Taken back by `part-listens` of the same. */
  v.object({ kind: v.literal('merge-listens'), listenIds: ListenIds }),
  v.object({ kind: v.literal('part-listens'), listenIds: ListenIds }),
  v.object({ kind: v.literal('merge-albums'), from: DocumentId, into: DocumentId }),
  v.object({ kind: v.literal('split-album'), from: DocumentId, into: DocumentId }),
  v.object({ kind: v.literal('merge-artists'), from: DocumentId, into: DocumentId }),
  v.object({ kind: v.literal('split-artist'), from: DocumentId, into: DocumentId }),
  v.object({
    kind: v.literal('alias-artist'),
    artistId: DocumentId,
    name: named(300),
    remove: v.optional(v.boolean()),
  }),
  v.object({ kind: v.literal('choose-cover'), albumId: DocumentId, imageId: Whole }),
  /**
   * A record written down by hand; `alias` is the UUID the device shows it under until the server's id arrives. With `albumId` it
   * is a copy of an album that the library has already, such as one that was only heard.
   */
  v.object({
    kind: v.literal('add-record'),
    alias: DeviceUuid,
    title: named(300),
    artists: v.pipe(v.array(named(300)), v.minLength(1), v.maxLength(20)),
    year: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1860), v.maxValue(2200))),
    support: v.nullable(v.pipe(v.string(), v.maxLength(40))),
    tracks: v.optional(v.pipe(v.array(named(300)), v.maxLength(200))),
    discogsId: v.optional(v.pipe(v.string(), v.regex(/^\d+$/))),
    albumId: v.optional(DocumentId),
  }),
  v.object({ kind: v.literal('remove-record'), alias: DeviceUuid }),
]);
export type Intent = v.InferOutput<typeof Intent>;
export type IntentKind = Intent['kind'];

/** What became of an intent. */
export const Verdict = v.variant('state', [
  v.object({
    state: v.literal('applied'),
    at: StoredSeconds,
    /** The change feed's seq after applying: the overlay stays until this collection's checkpoint has passed it. */
    appliedSeq: Whole,
    /** What the intent created, where the device needs it (the id of an added record). */
    created: v.optional(v.string()),
    /** A later word about the same thing was here already, and stands. */
    outdone: v.optional(v.boolean()),
    /** Where what it said is kept although it is not shown. */
    kept: v.optional(v.literal('history')),
  }),
  v.object({ state: v.literal('refused'), at: StoredSeconds, reason: v.string(), message: v.string() }),
]);
export type Verdict = v.InferOutput<typeof Verdict>;

/** An intent on its way: made on a device, answered by the server. */
export const IntentDocument = v.object({
  id: DeviceUuid,
  deviceId: DeviceUuid,
  /** The device's own running number: its intents are applied in this order. */
  number: Positive,
  /** Milliseconds since the epoch, by the device's clock and its `clockOffset`; the server corrects it when it arrives. */
  madeAt: StoredMilliseconds,
  /** Milliseconds that `madeAt` has over the device's own clock. */
  clockOffset: v.optional(Whole),
  intent: Intent,
  /** The life of the server's database that the device followed when this was made: ids are of that life. */
  epoch: v.optional(v.pipe(v.string(), v.maxLength(64))),
  /** What the ids in `intent` were to the person. */
  targets: v.optional(MutationTargets),
  verdict: v.optional(Verdict),
});
export type IntentDocument = v.InferOutput<typeof IntentDocument>;

/** Days an applied intent is kept, so that it can be offered again after a restore. A refused one is kept until it is dismissed. */
export const INTENT_KEPT_DAYS = 35;
