import * as v from 'valibot';
import { ErrorKinds, ErrorParams } from '../errors/errors.ts';
import { Count } from '../primitives/identifiers.ts';

/** The wire's version, stated by a client as `X-AIME-Protocol`. A lower one than `OLDEST_PROTOCOL` is answered with 426. */
export const PROTOCOL = 1;
export const OLDEST_PROTOCOL = 1;
export const PROTOCOL_HEADER = 'x-aime-protocol';
/** Names the device on pull, push and stream, so that it gets its own results and shows in the list of devices. */
export const DEVICE_HEADER = 'x-aime-device';
/** The device's own clock when it pushes, milliseconds since the epoch: what it wrote is as old as that clock says. */
export const NOW_HEADER = 'x-aime-now';
/** Milliseconds that the device adds to its clock for what it writes. */
export const CLOCK_OFFSET_HEADER = 'x-aime-clock-offset';
/** Which of the device's pushes this is, counted up: one that arrives after a later one says nothing new of a playlist. */
export const PUSH_HEADER = 'x-aime-push';

/** One row of RxDB's push: what the device has now, and what it assumed the server had. */
export const PushRow = v.object({
  newDocumentState: v.looseObject({ id: v.string(), _deleted: v.optional(v.boolean()) }),
  assumedMasterState: v.optional(v.nullable(v.looseObject({ id: v.string(), _deleted: v.optional(v.boolean()) }))),
});
export type PushRow = v.InferOutput<typeof PushRow>;
/** Each row is read by itself, so that one that cannot be read does not refuse its neighbours. */
export const PushBody = v.pipe(v.array(v.unknown()), v.maxLength(1_000));

/** A device that sends it (any value) has a push answered row by row, as PushAnswer; without it the answer is the conflicts alone. */
export const ROWS_HEADER = 'x-aime-rows';

/** A row that was not taken. `reason` is an error kind: `internal` is the server's own failure, which may pass; others are the row's. */
export const RefusedRow = v.object({
  index: Count,
  id: v.nullable(v.string()),
  reason: v.picklist(ErrorKinds),
  /** As in an error answer; a server from before there were codes names none. */
  code: v.optional(v.string()),
  message: v.string(),
  field: v.optional(v.string()),
  params: v.optional(ErrorParams),
});
export type RefusedRow = v.InferOutput<typeof RefusedRow>;

export const PushAnswer = v.object({
  /** The master state of every row that conflicts. */
  conflicts: v.array(v.looseObject({ id: v.string(), _deleted: v.boolean() })),
  /** Rows that were not taken, and why. */
  refused: v.array(RefusedRow),
  /** Of rows in conflict, what the device itself wrote last and does not know to be taken: what both sides have in common. */
  bases: v.array(v.looseObject({ id: v.string(), _deleted: v.boolean() })),
});
export type PushAnswer = v.InferOutput<typeof PushAnswer>;
