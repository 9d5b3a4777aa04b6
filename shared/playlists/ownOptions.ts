import type { PlaylistAlgorithm } from '../library/playlist.ts';

/** Options that only some algorithms go by; every other option is any algorithm's. */
const ONLY_OF: Readonly<Record<string, (algorithm: PlaylistAlgorithm | null) => boolean>> = {
  prompt: (algorithm) => algorithm === 'ai',
  decade: (algorithm) => algorithm === 'decade',
  period: (algorithm) => algorithm !== 'ai',
  dropped: (algorithm) => algorithm === 'ai',
};

/** The first option that the algorithm does not go by; undefined when there is none. A manual playlist goes by none. */
export const foreignOption = (
  algorithm: PlaylistAlgorithm | null,
  options: Readonly<Record<string, unknown>>,
): string | undefined =>
  Object.keys(options).find(
    (name) => options[name] !== undefined && (algorithm === null || ONLY_OF[name]?.(algorithm) === false),
  );

/** The options without those that the algorithm does not go by, which an earlier version stored all the same. */
export const ownOptions = <O extends Readonly<Record<string, unknown>>>(
  algorithm: PlaylistAlgorithm | null,
  options: O,
): Partial<O> =>
  Object.fromEntries(
    Object.entries(options).filter(([name, value]) => foreignOption(algorithm, { [name]: value }) === undefined),
  ) as Partial<O>;
