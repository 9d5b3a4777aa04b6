import { parseArgs } from 'node:util';
import { stressHistory } from './history.ts';
import { stressTests } from './stressTests.ts';
import { shortfalls, type Tally, tallyTable } from './tally.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    minutes: { type: 'string' },
    only: { type: 'string', multiple: true },
    file: { type: 'string' },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function fail(message: string): never {
  say(message);
  process.exit(1);
}

const number = (name: 'seed' | 'minutes', otherwise: number): number => {
  const given = Number(values[name] ?? otherwise);
  return Number.isFinite(given) && given >= 0 ? given : fail(`--${name} takes a number`);
};

const first = number('seed', Math.floor(Math.random() * 1e6));
const until = values.minutes === undefined ? Infinity : Date.now() + number('minutes', 0) * 60_000;
const names = [...stressTests.map(({ name }) => name), 'history'];
const unknown = values.only?.filter((name) => !names.includes(name)) ?? [];
if (unknown.length > 0) fail(`There is no stress test ${unknown.join(', ')}; there are: ${names.join(', ')}`);
const isWanted = (name: string) => values.only?.includes(name) ?? true;
if (values.only?.includes('history') && !values.file)
  fail('The history to be backfilled: --file PATH.csv or PATH.csv.gz, its first line uts,artist,album,track');

const failed: string[] = [];
const counted: { name: string; tally: Partial<Tally> }[] = [];
async function tried(name: string, seed: number, run: () => Promise<Partial<Tally> | void>): Promise<void> {
  const started = Date.now();
  try {
    const tally = await run();
    if (tally) counted.push({ name: `${name} (seed ${seed})`, tally });
    const short = shortfalls(tally ?? {});
    if (short.length > 0) throw new Error(short.join('; '));
    say(`✓ ${name} (seed ${seed}, ${((Date.now() - started) / 1000).toFixed(0)} s)`);
  } catch (error) {
    failed.push(`${name} (seed ${seed})`);
    say(
      `✗ ${name}: npm run prove -- --only ${name} --seed ${seed}\n${error instanceof Error ? error.stack : String(error)}`,
    );
  }
}

if (values.file && isWanted('history'))
  await tried('history', first, () => stressHistory({ file: values.file!, say: (line) => say(`  ${line}`) }));
// Once with the seed that was given; with a time bound again and again, each time with the next.
for (let seed = first, again = true; again; seed += 1) {
  for (const { name, about, run } of stressTests.filter((test) => isWanted(test.name))) {
    if (Date.now() >= until) break;
    say(`${name}: ${about}`);
    await tried(name, seed, () => run({ seed, until, say: (line) => say(`  ${line}`) }));
  }
  again = Number.isFinite(until) && Date.now() < until && stressTests.some(({ name }) => isWanted(name));
}
if (counted.length > 0) say(`\n${tallyTable(counted)}\n`);
say(failed.length === 0 ? 'Everything held.' : `Did not hold: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
