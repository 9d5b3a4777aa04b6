/** Labels by their names; the values may be anything, the names are the code's own. */
export type Labels = Readonly<Record<string, string>>;

interface Sample {
  /** `_bucket`, `_sum`, `_count` of a histogram; nothing else has one. */
  suffix?: string;
  labels?: Labels;
  value: number;
}

/** Everything of one name: what it is, and what it stands at. */
export interface Family {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  samples: readonly Sample[];
}

/** The type of the text below. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Families in the Prometheus text format, version 0.0.4. @throws when two have one name, which no reader takes. */
export function exposition(families: readonly Family[]): string {
  const names = families.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Two metrics have the name ${twice}`);
  return families.map((family) => `${lines(family).join('\n')}\n`).join('');
}

function lines({ name, help, type, samples }: Family): string[] {
  return [
    `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(({ suffix = '', labels = {}, value }) => `${name}${suffix}${labelled(labels)} ${written(value)}`),
  ];
}

function labelled(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function written(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}

/** A gauge as it stands. @param value one, or one for each set of labels. */
export const gauge = (name: string, help: string, value: number | readonly (readonly [Labels, number])[]): Family => ({
  name,
  help,
  type: 'gauge',
  samples: typeof value === 'number' ? [{ value }] : value.map(([labels, each]) => ({ labels, value: each })),
});

/** The upper bound of a histogram's bucket, as its label says it. */
export const boundText = (bound: number): string => written(bound);
