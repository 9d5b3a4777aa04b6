/** A column that cannot be as long as it is, and why. */
export interface SizeProblem {
  column: string;
  problem: string;
}

/** A page's columns as they came: nothing in them is validated yet. */
type RawColumns = { readonly [column in 'n' | 't' | 'i' | 'k' | 'h' | 's' | 'w' | 'z' | 'm' | 'g']?: unknown };

/** Columns with one value a listen. */
const FULL = ['t', 'i', 'k', 'h'] as const;

/**
 * Holds what a page says of its size against what it holds, before anybody makes room for it: `n` is a number that somebody else
 * wrote. @returns null for a page whose columns are as long as `n` allows.
 */
export function sizeProblem(page: RawColumns): SizeProblem | null {
  const { n } = page;
  if (!Number.isSafeInteger(n) || (n as number) < 0)
    return { column: 'n', problem: `${String(n)} is not a number of listens` };
  const listens = n as number;
  for (const column of FULL) {
    const values = page[column];
    if (!Array.isArray(values)) return { column, problem: 'is no list' };
    if (values.length !== listens) return { column, problem: `holds ${values.length} values, n says ${listens}` };
  }
  return (
    sparse(page)
      .map(({ column, values, most }) => tooLong(column, values, most * listens))
      .find((problem) => problem !== null) ?? null
  );
}

/** The other columns, and how many values of each there can be for one listen. */
function sparse({ s, w, z, m, g }: RawColumns): { column: string; values: unknown; most: number }[] {
  const zones = z as { names?: unknown; at?: unknown } | null | undefined;
  return [
    { column: 's', values: s, most: 2 },
    ...(w === undefined ? [] : [{ column: 'w', values: w, most: 2 }]),
    ...(zones === undefined
      ? []
      : [
          { column: 'z', values: zones?.names, most: 1 },
          { column: 'z', values: zones?.at, most: 2 },
        ]),
    ...(m === undefined ? [] : [{ column: 'm', values: m, most: 1 }]),
    ...(g === undefined ? [] : [{ column: 'g', values: g, most: 1 }]),
  ];
}

function tooLong(column: string, values: unknown, most: number): SizeProblem | null {
  if (!Array.isArray(values)) return { column, problem: 'is no list' };
  return values.length > most
    ? { column, problem: `holds ${values.length} values, more than the page's listens can have` }
    : null;
}
