import * as v from 'valibot';

/** A document's id in the replica and on the wire: the server's integer key as a decimal string, or a device's UUID. */
export const DocumentId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** Seconds since the epoch, UTC. */
export const EpochSeconds = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A UUID made on a device. */
export const DeviceUuid = v.pipe(v.string(), v.uuid());

/** A person's rating of an album; 0 stands for "not rated". */
export const Rating = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5));
