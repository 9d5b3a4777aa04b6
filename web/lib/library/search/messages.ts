import type { SearchAnswer } from '../types.ts';

/**
 * From the page to the search worker. Names travel as one text, because a text is handed over at once and 100,000 objects are not:
 * a line for each name, its fields between tabs; see `names.ts`.
 */
export type ToWorker =
  | { ask: 'set'; lines: string }
  | { ask: 'remove'; kind: 'album' | 'artist' | 'playlist'; ids: string[] }
  | { ask: 'find'; number: number; query: string; limit: number };

/** And back. */
export interface FromWorker {
  number: number;
  answer: SearchAnswer;
}
