import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { withFigures } from './document.ts';
import { type Bench, type Figure, isWithinReach } from './figure.ts';
import { charts } from './figures/charts.ts';
import { covers } from './figures/covers.ts';
import { enrichment } from './figures/enrichment.ts';
import { firstScreen } from './figures/firstScreen.ts';
import { firstSync } from './figures/firstSync.ts';
import { frames } from './figures/frames.ts';
import { idleMemory } from './figures/idleMemory.ts';
import { importScrobbles } from './figures/importScrobbles.ts';
import { live } from './figures/live.ts';
import { offlineOpening } from './figures/offlineOpening.ts';
import { lists, pullPages } from './figures/requests.ts';
import { reresolution } from './figures/reresolution.ts';
import { search } from './figures/search.ts';
import { zones } from './figures/zones.ts';
import { onGround } from './ground.ts';
import { table } from './table.ts';

const benches: readonly Bench[] = [
  firstSync,
  offlineOpening,
  frames,
  charts,
  search,
  live,
  zones,
  importScrobbles,
  reresolution,
  pullPages,
  lists,
  idleMemory,
  firstScreen,
  covers,
  enrichment,
];

/** Whose table of figures `--write` writes. */
const PAGE = 'docs/performance.md';

const { values } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string', multiple: true }, write: { type: 'boolean' } },
});
const unknown = values.only?.filter((name) => !benches.some((bench) => bench.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are: ${benches.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

const figures: (Figure & { bench: string })[] = [];
const failed: string[] = [];
for (const bench of benches.filter(({ name }) => values.only?.includes(name) ?? true)) {
  try {
    const measured = await onGround(console.log, bench.measure);
    console.log(table(measured));
    figures.push(...measured.map((figure) => ({ bench: bench.name, ...figure })));
  } catch (error) {
    failed.push(bench.name);
    console.error(`✗ ${bench.name} could not be measured:`, error);
  }
}

const machine = {
  processors: availableParallelism(),
  model: cpus()[0]?.model ?? '',
  load: loadavg().map((load) => Number(load.toFixed(1))),
  node: process.version,
};
const short = figures.filter((figure) => isWithinReach(figure) === false).length;
console.log(
  `${figures.length} figures on ${machine.processors} processors at a load of ${machine.load[0]}; ${short} short of their reach${failed.length > 0 ? `; not measured: ${failed.join(', ')}` : ''}.`,
);
if (values.json) {
  const results = figures.map((figure) => ({ ...figure, withinReach: isWithinReach(figure) }));
  writeFileSync(values.json, `${JSON.stringify({ machine, figures: results, failed }, null, 2)}\n`);
}
if (values.write) {
  const order = benches.map(({ name }) => name);
  const measured = new Map(
    figures.map(({ bench }) => [bench, figures.filter((figure) => figure.bench === bench)] as const),
  );
  writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), measured, order));
}
process.exit(failed.length === 0 ? 0 : 1);
