import { type Figure, isWithinReach } from './figure.ts';
import { reachOf, shown } from './table.ts';

const HEAD = ['| bench | what | measured | reach | within | what else is to be known |', '|---|---|---|---|---|---|'];
const benchOf = (row: string): string => /^\| `([\w-]+)` \|/.exec(row)?.[1] ?? '';

/** A figure as a row of the page's table. */
export function rowOf(bench: string, figure: Figure): string {
  const within = { true: 'yes', false: 'no', null: '' }[`${isWithinReach(figure)}`];
  const cells = [figure.what, shown(figure.value, figure.unit), reachOf(figure), within, figure.remark ?? ''];
  return `| \`${bench}\` | ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/**
 * The page with what was measured in its table of figures: rows of a bench that was measured give way to its own, all others stay.
 *
 * @param page docs/performance.md as it is. @param order of the benches. @throws where it has no such table.
 */
export function withFigures(
  page: string,
  measured: ReadonlyMap<string, readonly Figure[]>,
  order: readonly string[],
): string {
  const lines = page.split('\n');
  const start = lines.findIndex((line, at) => line === HEAD[0] && lines[at + 1] === HEAD[1]) + HEAD.length;
  if (start < HEAD.length) throw new Error(`The page has no table that begins with ${HEAD[0]}`);
  const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  const end = length < 0 ? lines.length : start + length;
  const rows = lines.slice(start, end);
  const written = order.flatMap(
    (bench) =>
      measured.get(bench)?.map((figure) => rowOf(bench, figure)) ?? rows.filter((row) => benchOf(row) === bench),
  );
  return [...lines.slice(0, start), ...written, ...lines.slice(end)].join('\n');
}
