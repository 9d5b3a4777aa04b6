import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { expect, it } from 'vitest';
import en from './en/index.ts';

/** Keys that a page puts together, as `service.${id}`; each `*` stands for what it puts in. */
const COMPUTED = [
  'algorithm.*',
  'aside.*.*',
  'backfill.why.*',
  'backup.kind.*',
  'backup.problem.*',
  'backup.problemMore.*',
  'change.*',
  'changeOf.*',
  'condition.*.long',
  'condition.*.more',
  'condition.*.short',
  'condition.backup-*.short',
  'connect.*',
  'connect.*Done',
  'covers.*',
  'error.*',
  'errorCode.*',
  'errorCode.*.*',
  'every.*',
  'field.*',
  'copyField.*',
  'format.*',
  'genre.*',
  'grade.*',
  'health.*',
  'heldLibrary.*',
  'heldLibrary.because.*',
  'heldLibrary.takeLead.*',
  'hint.*',
  'history.why.*',
  'image.*',
  'job.*',
  'journal.when.*',
  'keyName.*',
  'language.*',
  'log.when.*',
  'lookups.*',
  'madlib.*',
  'manualScrobbles.why.*',
  'merge.why.*',
  'notPossible.*',
  'notStored.*',
  'offline.*',
  'outcome.*',
  'period.*',
  'reason.*',
  'recovery.reason.*',
  'recovery.work.*',
  'refused.*',
  'service.*',
  'service.purpose.*',
  'shared.*',
  'shelf.*',
  'short.*',
  'slot.*',
  'sort.*',
  'source.*',
  'support.*',
  'theme.*',
  'timeline.*',
  'timeline.**',
  'trigger.*',
  'serviceError.*',
  'serviceError.*.*',
  'serviceError.*.refused',
  'unreadable.*',
  'wanted.*',
  'welcome.3.*',
  'why.*',
  'withheld.*',
];

const WEB = join(import.meta.dirname, '..', '..');

/** What may name a message: every source of the app but the messages themselves and the tests. */
const sources = readdirSync(WEB, { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile() && /\.(?:ts|svelte)$/.test(file.name) && !file.name.endsWith('.test.ts'))
  .map((file) => join(file.parentPath, file.name))
  .filter((path) => !/^lib\/i18n\/(?:en|fr|testing)\//.test(relative(WEB, path).split(sep).join('/')))
  .map((path) => readFileSync(path, 'utf8'));

const found = (pattern: RegExp): string[] =>
  sources.flatMap((source) => [...source.matchAll(pattern)].map(([, text]) => text!));
const matcherOf = (family: string) =>
  new RegExp(
    `^${family
      .split('*')
      .map((part) => part.replaceAll('.', String.raw`\.`))
      .join('[^.]+(?:\\.[^.]+)?')}$`,
  );
const keys = Object.keys(en);

it('the keys that pages put together are those listed above', () => {
  const written = found(/`([a-zA-Z]+\.(?:[\w.-]|\$\{[^}`]*\})*\$\{[^}`]*\}(?:[\w.-]|\$\{[^}`]*\})*)`/g).map((key) =>
    key.replaceAll(/\$\{[^}]*\}/g, '*'),
  );
  const ofMessages = [...new Set(written)].filter((family) => keys.some((key) => matcherOf(family).test(key)));
  expect(ofMessages.sort()).toEqual([...COMPUTED].sort());
});

it('every message is used by something', () => {
  const literal = new Set(found(/['"`]([a-zA-Z]+(?:\.[\w-]+)+)['"`]/g));
  const families = COMPUTED.map(matcherOf);
  expect(keys.filter((key) => !literal.has(key) && !families.some((family) => family.test(key)))).toEqual([]);
});

it('no space between two messages stands at the edge of a block, where it is dropped', () => {
  expect(found(/(\{#if [^}\n]*\} \{t\(|\)\} \{\/if\})/g)).toEqual([]);
});
