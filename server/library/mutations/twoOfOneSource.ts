import type { ScrobbleRow } from '../listens/evidence.ts';
import { refuse } from './targets.ts';

/** One source reports a play once: two of its reports under different keys are two plays. @throws {Refusal} for such two. */
export function refuseTwoOfOneSource(rows: readonly ScrobbleRow[]): void {
  const sources = rows.map(({ source }) => source);
  const twice = sources.find((source, index) => sources.indexOf(source) !== index);
  if (twice !== undefined)
    refuse('same-source', `${twice} reported these as separate plays, so they stay separate listens.`);
}
