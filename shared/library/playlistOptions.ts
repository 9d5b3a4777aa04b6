import * as v from 'valibot';
import { EpochSeconds, Whole } from '../primitives/identifiers.ts';

const DEFAULT_LENGTH = 30;
const MAX_LENGTH = 500;

const Decade = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(1860),
  v.maxValue(2200),
  v.multipleOf(10, 'must be the first year of a decade'),
);

/** How a list can be drawn, option by option. */
export const optionFields = {
  /** How many tracks; 30 where not given. */
  length: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_LENGTH)), DEFAULT_LENGTH),
  /** Only listens of this period count, and only tracks heard in it are drawn (`discover` only counts by it). */
  period: v.optional(
    v.pipe(
      v.object({ from: EpochSeconds, to: EpochSeconds }),
      v.check(({ from, to }) => from < to, 'must begin before it ends'),
    ),
  ),
  /** At most so many tracks of one artist. */
  maxPerArtist: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_LENGTH))),
  /** Only tracks that were not heard at or after this moment. */
  notHeardSince: v.optional(EpochSeconds),
  /** Only tracks of albums that stand on the shelf, whatever the pressing. */
  ownedOnly: v.optional(v.boolean()),
  /** The same seed and library give the same list; where not given, the moment of drawing is the seed. */
  seed: v.optional(v.union([v.pipe(v.string(), v.maxLength(100)), Whole])),
  /** The first year of a decade of release: 1970, or as people write it: "1970s". */
  decade: v.optional(
    v.union([
      Decade,
      v.pipe(
        v.string(),
        v.regex(/^\d{4}s?$/, 'must be a decade such as 1970'),
        v.transform((text) => parseInt(text, 10)),
        Decade,
      ),
    ]),
  ),
};

/** What a playlist keeps beside the options it was drawn with: how many of the model's choices were of no use. */
const storedFields: Record<string, v.GenericSchema> = {
  ...optionFields,
  dropped: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000)),
};

/** The options that a playlist was drawn with: known ones that fit, whatever else an older or a foreign version wrote is dropped. */
export const StoredOptions = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((options): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(options).flatMap(([name, value]): [string, unknown][] => {
        const field = Object.hasOwn(storedFields, name) ? storedFields[name] : undefined;
        return field && value !== undefined && v.is(field, value) ? [[name, value]] : [];
      }),
    ),
  ),
);
