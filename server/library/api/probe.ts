import type { UnavailableCode } from './unavailable.ts';

/** How the library's file is: `missing` (its log too), `exchanged` and `away` by its place, `damaged` by what it says or SQLite found in it. */
export interface Probed {
  code: 'writable' | UnavailableCode | 'damaged' | 'missing' | 'exchanged' | 'away';
  /** Seconds since the epoch. */
  at: number;
  tookMs: number;
}

/** Its file is damaged, or its log was removed. */
export type Flaw = 'damaged' | 'log-gone';

/** Finds out whether the library can be written to and is sound, by trying; who writes or reads meanwhile hardly notices. */
export interface Probe {
  /** What was found just now, or a few seconds ago. */
  look(): Promise<Probed>;
  /** What is known to be wrong with the files without trying, for who asks every few seconds. */
  flaw(): Flaw | null;
}
