import type { Core } from '../core.ts';
import { evidence, type ScrobbleRow } from '../listens/evidence.ts';
import { refuse } from './targets.ts';

/** The reports that a listen was resolved from. */
export const reportsOf = (core: Core, listenId: number): ScrobbleRow[] =>
  evidence.ofListen(core, listenId).filter(({ state }) => state === 'resolved');

/** One source reports a play once: two of its reports under different keys are two plays. */
export function refuseTwoOfOneSource(rows: readonly ScrobbleRow[]): void {
  const sources = rows.map(({ source }) => source);
  const twice = sources.find((source, index) => sources.indexOf(source) !== index);
  if (twice !== undefined)
    refuse('same-source', `${twice} reported these as separate plays, so they stay separate listens.`);
}
