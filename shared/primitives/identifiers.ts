import * as v from 'valibot';

/** A document's id in the replica and on the wire: the server's integer key as a decimal string, or a device's UUID. */
export const DocumentId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** The last second that a JavaScript date holds; SQL counts further. */
export const LAST_SECOND = 8_640_000_000_000;

/** Seconds since the epoch, UTC. */
export const EpochSeconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LAST_SECOND));

const within = (least: number, most: number) => (value: number) => Math.min(Math.max(Math.trunc(value), least), most);

/**
 * Seconds since the epoch in a document that is there already. An earlier version may have let any number pass: it is brought to
 * what a date holds, so that nothing that a device or the library has is refused for its time.
 */
export const StoredSeconds = v.pipe(
  v.number(),
  v.transform(within(0, LAST_SECOND)),
  v.number(),
  v.integer(),
  v.minValue(0),
  v.maxValue(LAST_SECOND),
);

/** The same in milliseconds, before the epoch too: a device's clock may say anything. */
export const StoredMilliseconds = v.pipe(
  v.number(),
  v.transform(within(-LAST_SECOND * 1000, LAST_SECOND * 1000)),
  v.number(),
  v.integer(),
  v.minValue(-LAST_SECOND * 1000),
  v.maxValue(LAST_SECOND * 1000),
);

/** A whole number that JavaScript and SQL hold exactly. */
export const Whole = v.pipe(v.number(), v.safeInteger());

/** The same from 1 on: a row's key, a place in a list. */
export const Positive = v.pipe(Whole, v.minValue(1));

/** The last id there can be: the journal holds those of tracks, albums and artists in 32 bits. */
export const LAST_ID = 2 ** 31 - 1;

/**
 * The highest id of which somebody else's word is taken. A library's own lives come further, by a thousand or a million ids each:
 * up to `LAST_ID` there is room for thousands of them.
 */
export const HIGHEST_ID = 2 ** 27;

/** Whether a row here may bear the id that somebody else gave it. */
export const isGivableId = (id: number): boolean => Number.isInteger(id) && id >= 1 && id <= HIGHEST_ID;

/** How many. */
export const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A month, UTC: `2026-11`. Years that are far off have more digits. */
export const MonthId = v.pipe(v.string(), v.regex(/^\d{4,6}-(0[1-9]|1[0-2])$/));

/** A UUID made on a device. */
export const DeviceUuid = v.pipe(v.string(), v.uuid());

/** A person's rating of an album; 0 stands for "not rated". */
export const Rating = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5));
