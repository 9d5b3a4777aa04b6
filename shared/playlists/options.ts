import * as v from 'valibot';
import { PlaylistAlgorithms } from '../library/playlist.ts';
import { optionFields } from '../library/playlistOptions.ts';
import { named } from '../library/named.ts';

/** How a list is drawn; stored with the playlist, so that it can be drawn again. */
export const PlaylistOptions = v.object(optionFields);
export type PlaylistOptions = v.InferOutput<typeof PlaylistOptions>;
/** Options before the defaults are filled in. */
export type PlaylistOptionsInput = v.InferInput<typeof PlaylistOptions>;

/** What a playlist is asked for with: an algorithm and its options, side by side. */
export const GeneratePlaylist = v.pipe(
  v.object({
    algorithm: v.picklist(PlaylistAlgorithms),
    /** For `ai`: the prompt: what the listener wants to hear, in their own words. */
    prompt: v.optional(named(2000)),
    name: v.optional(named(200)),
    /** `false` answers a draw that is not stored. */
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
