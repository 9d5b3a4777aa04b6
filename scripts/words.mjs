/**
 * The words that the code does not use any more, as `words.json` has them with what to say instead. They and their regular
 * inflections are looked for in identifiers, names of components, of their properties, of classes, files and folders, and in the
 * keys of messages; not in comments and texts.
 * `words-baseline.json` counts what is left of them: a number may fall and never rise.
 *
 * Three things are not counted. A name in `words-stored.json` is stored or sent and cannot change: it stays where it is the key
 * of an object or the field of one, and only while the file that is named with it has it. A local, a function, a type, a
 * property of a component or a class that is called so is counted. And `except` of a word has the names in which it is said
 * in its ordinary sense, each with the reason.
 *
 * `node scripts/words.mjs` fails where a number rose, and says where that word is, and where an exemption has no ground;
 * `--write` takes over numbers that fell.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'svelte/compiler';
import ts from 'typescript';
import { root } from './ready.mjs';

/** The pieces of a name: at changes of case, underscores, dashes and numbers, in lower case. */
export const pieces = (name) => (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((piece) => piece.toLowerCase());

/** Pieces that follow each other, as a text that holds those of any word whole. */
const spaced = (name) => ` ${pieces(name).join(' ')} `;

/** @returns a word with its regular inflections, whether it is a verb or a noun: tidy, tidies, tidied, tidying. */
export function inflections(word) {
  const stem = word.replace(/(?<=[^aeiou])y$/, 'i');
  const doubled = word + word.at(-1);
  return [
    word,
    /(?:[isxz]|[cs]h)$/.test(stem) ? `${stem}es` : `${stem}s`,
    stem.endsWith('e') ? `${stem}d` : `${stem}ed`,
    `${word.replace(/e$/, '')}ing`,
    // As in plan, planned: one consonant after one vowel.
    ...(/[^aeiou][aeiou][bdgklmnprt]$/i.test(word) ? [`${doubled}ed`, `${doubled}ing`] : []),
  ];
}

/**
 * @returns which of `words`, inflected or not, are pieces of a name, or some that follow each other; most names come again and are
 *   looked at once.
 */
export function wordFinder(words) {
  const looked = words.map((word) => [word, inflections(word).map(spaced)]);
  const known = new Map();
  return (name) => {
    let found = known.get(name);
    if (found === undefined) {
      const within = spaced(name);
      found = looked.filter(([, forms]) => forms.some((form) => within.includes(form))).map(([word]) => word);
      known.set(name, found);
    }
    return found;
  };
}

/** Whether an identifier only says which field of an object is meant, and names nothing itself. */
function isField(node) {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent))
    return parent.name === node;
  return ts.isBindingElement(parent) && parent.propertyName === node;
}

/** Where the messages are whose keys are read; those of the other language are the same. */
const MESSAGES = 'web/lib/i18n/en/';

/**
 * The key of a message: its first part is the name of a family, each other one is read as a field of that. Parts with dashes are
 * codes that are stored or sent.
 */
function readKey(key, found) {
  const [family, ...parts] = key.split('.');
  found.names.push(family);
  found.fields.push(...parts.filter((part) => !part.includes('-')));
}

/** Every identifier in a script, as often as it stands there; of one with messages, the parts of their keys as well. */
function readScript(script, found) {
  const hasMessages = found.path.startsWith(MESSAGES);
  const walk = (node) => {
    if (hasMessages && ts.isStringLiteral(node) && ts.isPropertyAssignment(node.parent) && node.parent.name === node)
      readKey(node.text, found);
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node))
      (isField(node) ? found.fields : found.names).push(node.text);
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile('script.ts', script, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS));
}

/** Names of classes in a style sheet. */
const classes = (style) =>
  [...style.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/(?:\.|--)([A-Za-z_][\w-]*)/g)].map(([, name]) => name);

/** Where a key of Svelte's tree only says which field is meant. */
const FIELD_KEYS = { MemberExpression: 'property', Property: 'key', TSPropertySignature: 'key' };
const DIRECTIVES = new Set(['ClassDirective', 'BindDirective', 'StyleDirective']);

/** What a component names: in its scripts, its markup and its styles. */
function readComponent(component, found) {
  const seen = new Set();
  const walk = (node, isFieldName) => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    if (Array.isArray(node)) {
      for (const one of node) walk(one, false);
      return;
    }
    if (node.type === 'Identifier' || node.type === 'PrivateIdentifier')
      (isFieldName ? found.fields : found.names).push(node.name);
    if (node.type === 'Component') found.names.push(node.name, ...namesOfAttributes(node));
    if (DIRECTIVES.has(node.type)) found.names.push(node.name);
    if (node.type === 'Attribute' && node.name === 'class') found.names.push(...textOf(node.value).split(/\s+/));
    const field = FIELD_KEYS[node.type];
    for (const key in node)
      // What is written once for both (`{ words }`) is read as the value.
      if (!BESIDES.has(key) && !(key === field && node.shorthand)) walk(node[key], key === field && !node.computed);
  };
  const tree = parse(component, { modern: true });
  walk([tree.instance, tree.module, tree.fragment], false);
  found.names.push(...classes(tree.css?.content.styles ?? ''));
}

const BESIDES = new Set(['loc', 'metadata', 'parent', 'leadingComments', 'trailingComments']);
const namesOfAttributes = (component) =>
  component.attributes.flatMap(({ type, name }) => (type === 'Attribute' ? [name] : []));
/** The parts of an attribute's value that stand there as they are. */
const textOf = (value) =>
  [value]
    .flat()
    .map((part) => part.data ?? ' ')
    .join('');

/** @returns of a file its `path`, the names that it gives (`names`, its own among them), and those by which it means a field (`fields`). */
export function readNames(path, text) {
  const found = { path, names: [path.split('/').at(-1).split('.')[0]], fields: [] };
  if (/\.(ts|mjs|cjs|js|mts)$/.test(path)) readScript(text, found);
  else if (path.endsWith('.svelte')) readComponent(text, found);
  else if (path.endsWith('.css')) found.names.push(...classes(text));
  return found;
}

/** Every name in a file, that of the file among them. */
export function namesIn(path, text) {
  const { names, fields } = readNames(path, text);
  return [...names, ...fields];
}

/** Every folder on the way to a file. */
const foldersOf = (path) =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, index, all) => all.slice(0, index + 1).join('/'));

/** Whether a path is one of `places`, or lies in one of them; a place that is a folder ends in a slash. Without places, anywhere. */
const isWithin = (path, places) =>
  places === undefined || places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));

/**
 * @param files as `readNames` has them
 * @param words by word: `use` (what to say), `in` (where it is looked for) and `why` only there, `except` (by
 *   name or path, the reason)
 * @param stored by name: `from` (the files that say how it is stored or sent), `in` (where it stays as a field)
 * @returns by word, each use of it as `path: name`; a folder once, however many files it holds.
 */
export function usesIn(files, words, stored) {
  const uses = new Map(Object.keys(words).map((word) => [word, []]));
  const wordsIn = wordFinder(Object.keys(words));
  const add = (path, name) => {
    for (const word of wordsIn(name))
      if (isWithin(path, words[word].in) && ![name, path].some((said) => Object.hasOwn(words[word].except ?? {}, said)))
        uses.get(word).push(`${path}: ${name}`);
  };
  const folders = new Set();
  for (const { path, names, fields } of files) {
    for (const folder of foldersOf(path)) folders.add(folder);
    for (const name of names) add(path, name);
    for (const name of fields) if (!Object.hasOwn(stored, name) || !isWithin(path, stored[name].in)) add(path, name);
  }
  for (const folder of folders) add(`${folder}/`, folder.split('/').at(-1));
  return uses;
}

/** @returns the exemptions that have no ground any more, each as a sentence. */
export function groundless(files, words, stored, textOf) {
  const fields = files.flatMap(({ path, fields }) => fields.map((name) => [path, name]));
  const named = new Set(files.flatMap(({ path, names, fields }) => [...names, ...fields, path, ...foldersOf(path)]));
  const problems = [];
  for (const [name, { from, in: places }] of Object.entries(stored)) {
    const used = fields.filter(([, field]) => field === name).map(([path]) => path);
    for (const path of from)
      if (!new RegExp(`\\b${name}\\b`).test(textOf(path))) problems.push(`${path} does not have "${name}".`);
    for (const place of places ?? [undefined])
      if (!used.some((path) => isWithin(path, place && [place])))
        problems.push(`No field is called "${name}"${place === undefined ? '' : ` in ${place}`}.`);
  }
  for (const [word, { except = {} }] of Object.entries(words))
    for (const name of Object.keys(except))
      if (!named.has(name.replace(/\/$/, '')))
        problems.push(`Nothing is called "${name}", which is excepted from "${word}".`);
  return problems;
}

const read = (name) => JSON.parse(readFileSync(join(root, 'scripts', name), 'utf8'));

/** The words, each with all that is said of it; most have only what to say instead. */
const readWords = () =>
  Object.fromEntries(
    Object.entries(read('words.json')).map(([word, said]) => [word, typeof said === 'string' ? { use: said } : said]),
  );

/** The names in the repository's files as they are on the disk, but for those that speak of the words themselves. */
function* ownFiles() {
  for (const folder of ['server', 'shared', 'web', 'tests', 'scripts'])
    for (const name of readdirSync(join(root, folder), { recursive: true }).sort()) {
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      if (/\.(ts|mjs|cjs|js|mts|svelte|css)$/.test(path) && !path.startsWith('scripts/words.'))
        yield readNames(path, readFileSync(join(root, path), 'utf8'));
    }
}

function main() {
  const words = readWords();
  const stored = read('words-stored.json');
  const baseline = read('words-baseline.json');
  const files = [...ownFiles()];
  const uses = usesIn(files, words, stored);
  const risen = [...uses].filter(([word, found]) => found.length > (baseline[word] ?? 0));
  if (process.argv.includes('--write')) {
    const left = [...uses].filter(([, found]) => found.length > 0).map(([word, found]) => [word, found.length]);
    const path = join(root, 'scripts', 'words-baseline.json');
    writeFileSync(path, `${JSON.stringify(Object.fromEntries(left), null, 2)}\n`);
  }
  for (const [word, found] of risen) {
    console.error(`"${word}" is used ${found.length} times, ${baseline[word] ?? 0} are left to be taken away.`);
    console.error(`Say: ${words[word].use}. It is in:\n${[...new Set(found)].map((use) => `  ${use}`).join('\n')}`);
  }
  const problems = groundless(files, words, stored, (path) => readFileSync(join(root, path), 'utf8'));
  for (const problem of problems) console.error(`An exemption has no ground: ${problem}`);
  if (risen.length > 0 || problems.length > 0) process.exitCode = 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
