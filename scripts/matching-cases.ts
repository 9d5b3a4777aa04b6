/**
 * Prints what the matching rule says of every hand-made case, with precision and recall; `--write` puts the same into
 * docs/matching.md. Ends with 1 when a result is neither as expected nor a known miss.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Outcome } from '#shared/matching/cases/evaluate.ts';
import { albumOutcomes, listenOutcomes, precisionAndRecall, setOutcomes } from '#shared/matching/cases/evaluate.ts';

const DOC = new URL('../docs/matching.md', import.meta.url);
const MARK = '<!-- generated: npx tsx scripts/matching-cases.ts --write -->';

interface Table {
  title: string;
  columns: [string, string];
  outcomes: Outcome[];
  positive: string;
}

const tables: Table[] = [
  { title: 'One play or two', columns: ['Roon', 'Last.fm'], outcomes: listenOutcomes(), positive: 'one' },
  { title: 'Evenings', columns: ['Reports', ''], outcomes: setOutcomes(), positive: '' },
  { title: 'Heard and owned albums', columns: ['Heard', 'Owned'], outcomes: albumOutcomes(), positive: 'same' },
];

function mark(outcome: Outcome): string {
  if (outcome.decision === outcome.expected) return '✓';
  return outcome.knownMiss?.says === outcome.decision ? 'known miss' : 'WRONG';
}

function figures({ outcomes, positive }: Table): string {
  const right = outcomes.filter((outcome) => outcome.decision === outcome.expected).length;
  if (positive === '') return `${outcomes.length} cases, ${right} as expected`;
  const { precision, recall } = precisionAndRecall(outcomes, positive);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return `${outcomes.length} cases, ${right} as expected; precision ${percent(precision)}, recall ${percent(recall)} of "${positive}"`;
}

function reasonsOf(outcome: Outcome): string {
  return outcome.reasons
    .filter((reason) => reason.weight !== 0)
    .map((reason) => reason.code)
    .join(', ');
}

function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('*', '\\*').replaceAll('<', '&lt;');
}

function markdown(table: Table): string {
  const rows = table.outcomes.map((outcome) => {
    const texts = [outcome.group, outcome.about, outcome.one, outcome.other, outcome.expected, outcome.decision];
    return `| ${[...texts, mark(outcome), reasonsOf(outcome)].map(cell).join(' | ')} |`;
  });
  const misses = table.outcomes.flatMap(({ knownMiss, about }) => (knownMiss ? [`- ${about}: ${knownMiss.why}`] : []));
  return [
    `## ${table.title}`,
    `${figures(table)}.`,
    ...(misses.length === 0 ? [] : [`Known misses:\n\n${misses.join('\n')}`]),
    [
      `| group | about | ${table.columns.join(' | ')} | expected | result | | reasons |`,
      '|---|---|---|---|---|---|---|---|',
      ...rows,
    ].join('\n'),
  ].join('\n\n');
}

for (const table of tables) {
  for (const outcome of table.outcomes) {
    console.log(`${mark(outcome).padEnd(10)} ${outcome.decision.padEnd(9)} ${outcome.group}: ${outcome.about}`);
    if (mark(outcome) !== '✓') console.log(`    ${outcome.one}\n    ${outcome.other}\n    ${reasonsOf(outcome)}`);
  }
}
for (const table of tables) console.log(`${table.title}: ${figures(table)}`);

if (process.argv.includes('--write')) {
  const [written = ''] = readFileSync(DOC, 'utf8').split(MARK);
  writeFileSync(DOC, `${written.trimEnd()}\n\n${MARK}\n\n${tables.map(markdown).join('\n\n')}\n`);
}
if (tables.some(({ outcomes }) => outcomes.some((outcome) => mark(outcome) === 'WRONG'))) process.exitCode = 1;
