import { foldForSearch } from './fold.ts';

/** A movement of a catalogued work: what catalogue and number say of the work, and the movement's own name. */
export interface Movement {
  catalogue: string;
  name: string;
}

const CATALOGUE = /\b(op|bwv|rv|kv?|hob|d|hwv|twv|wwv|woo|buxwv|sz|wq|anh) ?(\d+[a-z]?)(?: (no) ?(\d+))?\b/u;
const NUMERAL = /^(?:[ivx]+|\d+|n[or] \d+) (?=\S)/u;

/** Reads "Requiem, K. 626: III. Sequentia: Lacrimosa" as K 626, "lacrimosa"; undefined without catalogue or colon. */
export function movementOf(title: string): Movement | undefined {
  const parts = title.split(/:\s+/u);
  const last = parts.at(-1);
  if (last === undefined || parts.length < 2) return undefined;
  const [, catalogue, number, , item = ''] = CATALOGUE.exec(foldForSearch(parts.slice(0, -1).join(' '))) ?? [];
  if (catalogue === undefined || number === undefined) return undefined;
  const name = foldForSearch(last).replace(NUMERAL, '');
  return { catalogue: `${catalogue.replace('kv', 'k')} ${number} ${item}`.trim(), name };
}

/** Whether two titles name the same movement of the same catalogued work, in whatever language the work is named. */
export function sameMovement(a: Movement | undefined, b: Movement | undefined): boolean {
  return a !== undefined && b !== undefined && a.catalogue === b.catalogue && a.name === b.name;
}
