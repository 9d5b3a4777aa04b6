/** What a stress test counted. A figure that it cannot know is left out, and printed as unknown. */
export interface Tally {
  /** Mutations, kills, requests: whatever the test repeats. */
  tried: number;
  /** What a person did or heard and cannot be found any more. */
  lost: number;
  /** What is there twice. */
  doubled: number;
  /** What is there, and says something else. */
  altered: number;
  /** Answers of 500 and above that the client's own content caused. */
  serverErrors: number;
  /** Times the server's process ended by itself. */
  deaths: number;
  /** The longest that the server's event loop was held, in milliseconds. */
  longestStallMs: number;
  /** The server's largest resident memory, in megabytes. */
  peakMemoryMb: number;
}

/** What a stress test that throws on the first loss has counted once it came to its end. */
export const HELD = { lost: 0, doubled: 0, altered: 0, deaths: 0 } as const satisfies Partial<Tally>;

type Figure = keyof Tally;

/** The most that each figure may come to. */
const REACH: Readonly<Record<Exclude<Figure, 'tried'>, number>> = {
  lost: 0,
  doubled: 0,
  altered: 0,
  serverErrors: 0,
  deaths: 0,
  longestStallMs: 200,
  peakMemoryMb: 400,
};

const HEADINGS: Readonly<Record<Figure, string>> = {
  tried: 'tried',
  lost: 'lost',
  doubled: 'doubled',
  altered: 'altered',
  serverErrors: '5xx',
  deaths: 'deaths',
  longestStallMs: 'longest stall (ms)',
  peakMemoryMb: 'peak memory (MB)',
};
const FIGURES = Object.keys(HEADINGS) as Figure[];

/** Several counts as one: what happened is added up, of what was borne the worst stands. A figure that one of them does not know is not known. */
export function together(tallies: readonly Partial<Tally>[]): Partial<Tally> {
  const known = FIGURES.filter((figure) => tallies.every((tally) => tally[figure] !== undefined));
  return Object.fromEntries(
    known.map((figure) => {
      const counts = tallies.map((tally) => tally[figure]!);
      return [figure, WORST.has(figure) ? Math.max(...counts) : counts.reduce((sum, count) => sum + count, 0)];
    }),
  );
}
const WORST: ReadonlySet<Figure> = new Set(['longestStallMs', 'peakMemoryMb']);

/** The figures that are beyond their reach, in words; empty when all are within. */
export function shortfalls(tally: Partial<Tally>): string[] {
  return Object.entries(REACH).flatMap(([name, most]) => {
    const figure = tally[name as Figure];
    return figure === undefined || figure <= most
      ? []
      : [`${HEADINGS[name as Figure]}: ${Math.round(figure)}, at most ${most}`];
  });
}

/** Several stress tests, or several rounds of one, as a table for a terminal. */
export function tallyTable(rows: readonly { name: string; tally: Partial<Tally> }[]): string {
  const cells = [
    ['', ...FIGURES.map((name) => HEADINGS[name])],
    ...rows.map(({ name, tally }) => [name, ...FIGURES.map((figure) => shown(tally[figure]))]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  '),
    )
    .join('\n');
}

const shown = (figure: number | undefined): string => (figure === undefined ? '?' : String(Math.round(figure)));

/** What there is more than once, each named once. */
export const repeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, at) => names.indexOf(name) !== at)),
];
