import * as v from 'valibot';
import { EpochSeconds } from '../library/identifiers.ts';
import { PlaylistAlgorithms } from '../library/playlist.ts';

const DEFAULT_LENGTH = 30;
const MAX_LENGTH = 500;

const optionFields = {
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
  seed: v.optional(v.union([v.pipe(v.string(), v.maxLength(100)), v.pipe(v.number(), v.integer())])),
  /** The first year of a decade of release: 1970, or as people write it: "1970s". */
  decade: v.optional(
    v.pipe(
      v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{4}s?$/, 'must be a decade such as 1970'), v.transform((text) => parseInt(text, 10)))]),
      v.integer(),
      v.minValue(1860),
      v.maxValue(2200),
      v.multipleOf(10, 'must be the first year of a decade'),
    ),
  ),
};

/** How a list is drawn; kept with the playlist, so that it can be drawn again. */
export const PlaylistOptions = v.object(optionFields);
export type PlaylistOptions = v.InferOutput<typeof PlaylistOptions>;
/** Options before the defaults are filled in. */
export type PlaylistOptionsInput = v.InferInput<typeof PlaylistOptions>;

/** What a playlist is asked for with: an algorithm and its options, side by side. */
export const GeneratePlaylist = v.pipe(
  v.object({
    algorithm: v.picklist(PlaylistAlgorithms),
    /** For `ai`: what the listener wishes for, in their own words. */
    prompt: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2000))),
    name: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))),
    /** `false` answers a draw that is not kept. */
    keep: v.optional(v.boolean(), true),
    ...optionFields,
  }),
  v.forward(
    v.check(({ algorithm, prompt }) => algorithm !== 'ai' || prompt !== undefined, 'is needed by the algorithm "ai"'),
    ['prompt'],
  ),
  v.forward(
    v.check(
      ({ algorithm, decade }) => algorithm !== 'decade' || decade !== undefined,
      'is needed by the algorithm "decade"',
    ),
    ['decade'],
  ),
);
export type GeneratePlaylist = v.InferOutput<typeof GeneratePlaylist>;
