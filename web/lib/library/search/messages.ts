import type { SearchAnswer } from '../types.ts';
import type { Named, NameKind } from './nameIndex.ts';

/** From the page to the search worker. */
export type ToWorker =
  | { ask: 'set'; items: Named[] }
  | { ask: 'remove'; kind: NameKind; ids: string[] }
  | { ask: 'find'; number: number; query: string; limit: number };

/** And back. */
export interface FromWorker {
  number: number;
  answer: SearchAnswer;
}
