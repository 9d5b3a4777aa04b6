import type { Tally } from './tally.ts';

/** What a stress test is asked for. */
export interface StressOptions {
  /** Decides every chance in it: the same seed does the same. */
  seed: number;
  /** No further repetition is begun after this moment, milliseconds since the epoch. */
  until?: number;
  say?: (line: string) => void;
}

/** Something that must hold however long it is tried. */
export interface StressTest {
  /** For `--only`. */
  name: string;
  about: string;
  /** @returns what it counted. @throws on the first thing that does not hold. */
  run: (options: Required<StressOptions>) => Promise<Partial<Tally> | void>;
}
