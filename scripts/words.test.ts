import { expect, it } from 'vitest';
import { groundless, inflections, namesIn, pieces, readNames, usesIn, wordFinder, type StoredName } from './words.mjs';

it('a name is cut at changes of case, underscores and dashes', () => {
  expect(pieces('openHouse')).toEqual(['open', 'house']);
  expect(pieces('OPEN_HOUSE')).toEqual(['open', 'house']);
  expect(pieces('house-door2')).toEqual(['house', 'door']);
  expect(pieces('HTTPServer')).toEqual(['http', 'server']);
});

it('a word is a whole piece of a name, or pieces that follow each other', () => {
  expect(wordFinder(['house', 'byHand'])('openHouse')).toEqual(['house']);
  expect(wordFinder(['house', 'byHand'])('isByHandNow')).toEqual(['byHand']);
  expect(wordFinder(['house'])('household')).toEqual([]);
  expect(wordFinder(['byHand'])('handBy')).toEqual([]);
});

it('a word is found in its regular inflections, too', () => {
  expect(inflections('tidy')).toEqual(['tidy', 'tidies', 'tidied', 'tidying']);
  expect(inflections('judge')).toEqual(['judge', 'judges', 'judged', 'judging']);
  expect(inflections('overlay')).toEqual(['overlay', 'overlays', 'overlayed', 'overlaying']);
  expect(inflections('plan')).toEqual(['plan', 'plans', 'planed', 'planing', 'planned', 'planning']);
  expect(inflections('formerWitness')).toContain('formerWitnesses');
  const find = wordFinder(['sweep', 'wish']);
  expect(['sweepsDone', 'isSweeping', 'WISHES', 'wished', 'sweeper'].map(find)).toEqual([
    ['sweep'],
    ['sweep'],
    ['wish'],
    ['wish'],
    [],
  ]);
});

it('names are those of files, identifiers, components and classes, not what is said in comments and texts', () => {
  expect(namesIn('server/house.ts', "// the desk\nconst plate = 'rail';\n")).toEqual(['house', 'plate']);
  const component = `<script lang="ts">
  let { dock }: { dock: string } = $props();
</script>

<!-- the desk -->
<Plate class="rail lower" {...rest}>the evening of {road(dock)}</Plate>

<style>
  .gate { color: red; }
</style>
`;
  const names = namesIn('web/lib/Nothing.svelte', component);
  expect(names).toEqual(expect.arrayContaining(['Nothing', 'dock', 'Plate', 'rail', 'road', 'gate']));
  expect(names).not.toEqual(expect.arrayContaining(['desk']));
  expect(names).not.toEqual(expect.arrayContaining(['evening']));
});

const fileOf = (text: string, path = 'server/a.ts') => readNames(path, text);
const words = { words: { use: 'description' } };
const stored = { words: { from: ['shared/album.ts'] } };

it('uses are counted by word; a stored name is none where it is a field', () => {
  const files = [fileOf('const heard = row.words; const wordsOf = heard;')];
  expect(usesIn(files, words, stored)).toEqual(new Map([['words', ['server/a.ts: wordsOf']]]));
  expect(usesIn(files, words, {}).get('words')).toHaveLength(2);
});

it.each([
  ['a local', 'const words = 1;', 1],
  ['a local that is taken out of an object', 'const { words } = row;', 1],
  ['a local that a field is given', 'send({ words });', 1],
  ['a function', 'function words() {}', 1],
  ['a parameter', 'const f = (words: string) => 1;', 1],
  ['a type', 'type words = string;', 1],
  ['a method', 'class A { words() {} }', 1],
  ['a field that is read', 'heard(row.words);', 0],
  ['a field that is taken out under another name', 'const { words: text } = row;', 0],
  ['a field that is written', 'send({ words: text });', 0],
  ['a field of a type', 'interface Row { words: string }', 0],
])('%s that has a stored name', (_, script, count) => {
  expect(usesIn([fileOf(script)], words, stored).get('words')).toHaveLength(count);
  const component = fileOf(`<script lang="ts">${script}</script>`, 'web/A.svelte');
  expect(usesIn([component], words, stored).get('words')).toHaveLength(count);
});

it('a component and its properties, its classes and its expressions have no stored name', () => {
  const counted = (markup: string): number =>
    usesIn([fileOf(markup, 'web/A.svelte')], words, stored).get('words')!.length;
  expect(counted('<Note words={row.words} />')).toBe(1);
  expect(counted('<Note {words} />')).toBe(2);
  expect(counted('<p class="dim words">{row.words}</p>')).toBe(1);
  expect(counted('<p class:words={on} class="words-{on}"></p><style>.words { color: red; }</style>')).toBe(3);
});

it('a stored name stays only in the places that are named with it', () => {
  const files = [fileOf('row.words;', 'server/lib/a.ts'), fileOf('row.words;', 'web/a.ts')];
  const only = { words: { from: [], in: ['server/lib/'] } };
  expect(usesIn(files, words, only).get('words')).toEqual(['web/a.ts: words']);
});

it('a word is looked for in its places, and not in the names that are excepted', () => {
  const action = {
    action: { use: 'mutation', in: ['shared/'], except: { actionOf: 'reason', 'shared/b.ts': 'reason' } },
  };
  const script = 'const action = actionOf();';
  const files = ['shared/a.ts', 'shared/b.ts', 'web/a.ts'].map((path) => fileOf(script, path));
  expect(usesIn(files, action, {}).get('action')).toEqual(['shared/a.ts: action']);
});

it('the keys of messages are read: a family as a name, what follows as fields, codes with dashes not at all', () => {
  const script =
    "export default { 'words.of': 'a', 'state.words': 'b', 'state.no-words': 'words', 'state.ownWords': 'c' };";
  const counted = (path: string) => usesIn([fileOf(script, path)], words, stored).get('words');
  expect(counted('web/lib/i18n/en/a.ts')).toEqual(['web/lib/i18n/en/a.ts: words', 'web/lib/i18n/en/a.ts: ownWords']);
  expect(counted('web/lib/a.ts')).toEqual([]);
});

it('a folder counts once', () => {
  const files = [fileOf('', 'tests/words/a.ts'), fileOf('', 'tests/words/b/c.ts')];
  expect(usesIn(files, words, {}).get('words')).toEqual(['tests/words/: words']);
});

it('an exemption without ground is found', () => {
  const files = [fileOf('row.words;')];
  const problems = (exempt: Record<string, StoredName>, text: string, excepted = {}): string[] =>
    groundless(files, { words: { use: '', except: excepted } }, exempt, () => text);
  expect(problems(stored, 'words: v.string()')).toEqual([]);
  expect(problems(stored, 'word: v.string()')).toEqual(['shared/album.ts does not have "words".']);
  expect(problems({ words: { from: [], in: ['web/'] } }, '')).toEqual(['No field is called "words" in web/.']);
  expect(problems(stored, 'words', { wordsOf: '' })).toEqual([
    'Nothing is called "wordsOf", which is excepted from "words".',
  ]);
});
