/**
 * The words that the code does not use any more, as `words.json` has them with what to say instead. They are looked for in
 * identifiers, names of components, classes and files; not in comments, texts, or the names of the wire in `words-wire.json`,
 * which cannot change. `words-baseline.json` counts what is left of them: a number may fall and never rise.
 *
 * `node scripts/words.mjs` fails where one rose, and says where that word is; `--write` takes over numbers that fell.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { root } from './ready.mjs';

/** The pieces of a name: at changes of case, underscores, dashes and numbers, in lower case. */
export const pieces = (name) => (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((piece) => piece.toLowerCase());

/** Pieces that follow each other, as a text that holds those of any word whole. */
const spaced = (name) => ` ${pieces(name).join(' ')} `;

/** @returns which of `words` are pieces of a name, or some that follow each other; most names come again and are looked at once. */
export function wordFinder(words) {
  const looked = words.map((word) => [word, spaced(word)]);
  const known = new Map();
  return (name) => {
    let found = known.get(name);
    if (found === undefined) {
      const within = spaced(name);
      found = looked.filter(([, piece]) => within.includes(piece)).map(([word]) => word);
      known.set(name, found);
    }
    return found;
  };
}

/** Every identifier in a script, as often as it stands there. */
function identifiers(script) {
  const found = [];
  const walk = (node) => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) found.push(node.text);
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile('script.ts', script, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS));
  return found;
}

/** Names of classes in a style sheet. */
const classes = (style) =>
  [...style.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/(?:\.|--)([A-Za-z_][\w-]*)/g)].map(([, name]) => name);

/** What a component names: in its scripts, its styles, and its markup, whose expressions stand in braces. */
function namesInComponent(component) {
  const found = [];
  const markup = component
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<script[^>]*>([\s\S]*?)<\/script>/g, (_, script) => (found.push(...identifiers(script)), ''))
    .replace(/<style[^>]*>([\s\S]*?)<\/style>/g, (_, style) => (found.push(...classes(style)), ''));
  for (const [, name] of markup.matchAll(/<([A-Z][\w.]*)/g)) found.push(name);
  for (const [, names] of markup.matchAll(/\sclass="([^"]*)"/g))
    found.push(...names.replace(/\{[^}]*\}/g, ' ').split(/\s+/));
  for (const [, name] of markup.matchAll(/\s(?:class|bind|style):([\w-]+)/g)) found.push(name);
  for (const [, expression] of markup.matchAll(/\{([^{}]*)\}/g))
    found.push(...identifiers(expression.replace(/^[#:/@]\w+/, '')));
  return found;
}

/** Every name in a file, that of the file among them. */
export function namesIn(path, text) {
  const own = path.split('/').at(-1).split('.')[0];
  if (/\.(ts|mjs|cjs|js|mts)$/.test(path)) return [own, ...identifiers(text)];
  if (path.endsWith('.svelte')) return [own, ...namesInComponent(text)];
  return path.endsWith('.css') ? [own, ...classes(text)] : [own];
}

/** @returns by word, each use of it as `path: name`. */
export function usesIn(files, words, wire) {
  const uses = new Map(words.map((word) => [word, []]));
  const wordsIn = wordFinder(words);
  for (const [path, text] of files)
    for (const name of namesIn(path, text))
      if (!wire.has(name)) for (const word of wordsIn(name)) uses.get(word).push(`${path}: ${name}`);
  return uses;
}

const read = (name) => JSON.parse(readFileSync(join(root, 'scripts', name), 'utf8'));

/** The files of the repository as they are on the disk, but for those that speak of the words themselves. */
function* ownFiles() {
  for (const folder of ['server', 'shared', 'web', 'tests', 'scripts'])
    for (const name of readdirSync(join(root, folder), { recursive: true }).sort()) {
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      if (/\.(ts|mjs|cjs|js|mts|svelte|css)$/.test(path) && !path.startsWith('scripts/words.'))
        yield [path, readFileSync(join(root, path), 'utf8')];
    }
}

function main() {
  const instead = read('words.json');
  const baseline = read('words-baseline.json');
  const uses = usesIn(ownFiles(), Object.keys(instead), new Set(read('words-wire.json')));
  const risen = [...uses].filter(([word, found]) => found.length > (baseline[word] ?? 0));
  if (process.argv.includes('--write')) {
    const left = [...uses].filter(([, found]) => found.length > 0).map(([word, found]) => [word, found.length]);
    const path = join(root, 'scripts', 'words-baseline.json');
    writeFileSync(path, `${JSON.stringify(Object.fromEntries(left), null, 2)}\n`);
  }
  for (const [word, found] of risen) {
    console.error(`"${word}" is used ${found.length} times, ${baseline[word] ?? 0} are left to be taken away.`);
    console.error(`Say: ${instead[word]}. It is in:\n${[...new Set(found)].map((use) => `  ${use}`).join('\n')}`);
  }
  if (risen.length > 0) process.exitCode = 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
