import * as v from 'valibot';
import { ListenSource } from '../journal/listen.ts';
import { EpochSeconds, Whole } from '../primitives/identifiers.ts';

export const TrackId = Whole;
export const ListenId = Whole;
export const ListenIds = v.pipe(v.array(ListenId), v.minLength(2), v.maxLength(10));
export const ScrobbleId = Whole;
export const SplitReport = v.object({ source: ListenSource, playedAt: EpochSeconds });
export type SplitReport = v.InferOutput<typeof SplitReport>;
/** Seconds; a day is more than any track. */
export const Duration = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(86_400));
export const Note = v.pipe(v.string(), v.maxLength(10_000));
/** The note as the person saw it when they wrote this one; '' for none. What stands there otherwise was not known to them. */
export const NoteBefore = v.optional(v.pipe(v.string(), v.maxLength(100_000)));
