import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from '../../web/lib/i18n/en/index.ts';
import { apiReference } from '../../scripts/apiReference.ts';
import { collectionNames } from '#shared/sync/collections.ts';
import { PlaylistAlgorithms } from '#shared/library/playlist.ts';
import { jobIds } from '#shared/jobs/jobId.ts';
import { loadConfig } from '#server/config.ts';
import { definitionOf, settingKeys } from '#server/settings.ts';

/** What a person reads. The reference of the API is made from the routes and held against them below. */
const guides = ['README.md', 'PROJECT-SUMMARY.md', 'CONTRIBUTING.md', ...filesIn('docs', '.md')].filter(
  (path) => path !== 'docs/API.md',
);
const textOf = (path: string): string => readFileSync(path, 'utf8');
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
const programs = JSON.parse(textOf('scripts/programs.json')) as Record<string, string>;

function filesIn(folder: string, end: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(end))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .sort();
}
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, first]) => first!);
/** What is set as code, in a line or as a block. */
const codeOf = (text: string): string[] => [
  ...found(text, /```[^\n]*\n([\s\S]*?)```/g),
  ...found(text.replace(/```[\s\S]*?```/g, ''), /`([^`\n]+)`/g),
];

describe.each(guides)('%s', (guide) => {
  const text = textOf(guide);
  const code = codeOf(text).join('\n');

  it('names only commands that there are', () => {
    const npm = found(code, /\bnpm (?:run )?(?:--silent |-s )?([a-z][\w-]*)/g).filter(
      (name) => !['ci', 'install', 'prune'].includes(name),
    );
    expect(npm.filter((name) => !(name in scripts))).toEqual([]);
    const files = found(code, /\b(?:node|tsx|sh|\.\/)\s*(?:\.\/)?((?:scripts|build)\/[\w./-]+\w)/g);
    expect(files.filter((file) => !existsSync(file) && !(file.replace(/^build\/|\.js$/g, '') in programs))).toEqual([]);
    for (const [command, sources] of [
      ['bench', filesIn('tests/bench/figures', '.ts')],
      ['prove', ['tests/stress/stressTests.ts', 'tests/stress/main.ts']],
    ] as const) {
      const names = sources.flatMap((source) => found(textOf(source), /name: '([^']+)'/g));
      const asked = found(code, new RegExp(`${command} -- --only ([a-z-]+)`, 'g'));
      expect(asked.filter((name) => !names.includes(name) && name !== 'history')).toEqual([]);
    }
  });

  it('names only files and folders that there are', () => {
    const known = /(?<![\w./-])((?:server|shared|web|tests|scripts|docs|config)\/[\w./()[\]-]*[\w)\]])/g;
    const missing = found(text.replaceAll(/\]\([^)]*\)/g, ''), known)
      .map((path) => (path.includes('(') ? path : path.replace(/[)\]]+$/, '')))
      .filter((path) => !['', '.ts', '.test.ts'].some((end) => existsSync(`${path}${end}`)) && !isMadeLater(path));
    expect(missing).toEqual([]);
    const tests = new Set(
      ['server', 'shared', 'web', 'tests', 'scripts']
        .flatMap((folder) => filesIn(folder, '.test.ts'))
        .map((path) => path.split('/').at(-1)!),
    );
    // "Proof: tests/contracts/one, another": what follows stands in the same folder.
    const beside = [...text.matchAll(/((?:server|shared|web|tests)\/[\w./-]*\/)[\w.]+((?:,\s+[\w.]+)+)/g)].flatMap(
      ([, folder, rest]) => found(rest!, /([a-z]+[A-Z]\w*)/g).map((name) => `${folder}${name}`),
    );
    expect(
      beside.filter(
        (path) =>
          !['', '.ts', '.test.ts'].some((end) => existsSync(`${path}${end}`)) &&
          !tests.has(`${path.split('/').at(-1)}.test.ts`),
      ),
    ).toEqual([]);
    expect(found(text, /(?<![\w.])([\w.]+\.test\.ts)\b/g).filter((name) => !tests.has(name))).toEqual([]);
  });

  it('leads only to places that there are', () => {
    for (const [, target] of text.matchAll(/(?:\]\(|src=")([^)"\s]+)[)"]/g)) {
      if (/^[a-z]+:/.test(target!)) continue;
      const [path, anchor] = target!.split('#');
      const file = path === '' ? guide : join(dirname(guide), path!);
      expect(existsSync(file), target).toBe(true);
      if (anchor !== undefined) expect(found(textOf(file), /^#+ (.+)$/gm).map(anchorOf)).toContain(anchor);
    }
  });

  it('shows code only as it stands in the file that it names', () => {
    for (const [, indent, language, path, block] of text.matchAll(/^( *)```(\w+) (\S[^\n]*)\n([\s\S]*?)^ *```/gm)) {
      const lines = block!.split('\n').map((line) => line.slice(indent!.length));
      // A change shows beside its own lines what is there already.
      const shown =
        language === 'diff'
          ? lines.flatMap((line) => (/^[ -]/.test(line) ? [line.slice(1)] : [])).join('\n')
          : lines.join('\n');
      expect(textOf(path!).includes(shown), `${path} has no more:\n${shown}`).toBe(true);
    }
  });
});

/** A name for what a reader is to make, or what is there once AIME has run. */
const isMadeLater = (path: string): boolean => path === 'config/secrets.json' || /^config\/\w+\.pem$/.test(path);
/** As GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

/** What a variable of the server looks like: the settings say how their names begin. */
const VARIABLE = new RegExp(
  `\\b((?:${[...new Set(settingKeys.flatMap((key) => definitionOf(key).env?.split('_')[0] ?? []))].join('|')})_[A-Z_0-9]+)\\b`,
  'g',
);

describe('README.md', () => {
  const readme = textOf('README.md');

  it('names every command of package.json', () => {
    expect(Object.keys(scripts).filter((name) => !new RegExp(`\`?npm (?:run )?${name}\\b`).test(readme))).toEqual([]);
  });

  it('names every variable that the server reads, and no other; and every setting that has none', () => {
    const read = [
      ...settingKeys.flatMap((key) => definitionOf(key).env ?? []),
      ...filesIn('server', '.ts')
        .filter((path) => !path.endsWith('.test.ts'))
        .flatMap((path) => found(textOf(path), /(?:process\.env|environment)\[?\.?'?\[?'([A-Z][A-Z_0-9]+)'/g)),
    ];
    const named = codeOf(readme).flatMap((code) => found(code, VARIABLE));
    expect([...new Set(named)].sort()).toEqual([...new Set(read)].sort());
    expect(settingKeys.filter((key) => definitionOf(key).env === undefined && !readme.includes(`\`${key}\``))).toEqual(
      [],
    );
  });

  it.each(guides.filter((guide) => guide !== 'README.md'))('has every variable of %s', (guide) => {
    expect(found(textOf(guide), VARIABLE).filter((name) => name !== 'AIME_USER' && !readme.includes(name))).toEqual([]);
  });
});

describe('docs/QUICKSTART.md', () => {
  it('calls things in the app what the app calls them', () => {
    const [, connect] = textOf('docs/QUICKSTART.md').split(/^## /m).slice(1);
    const quoted = found(connect!, /"([^"]+)"/g).map((text) => text.replace(/\s+/g, ' '));
    expect(quoted.length).toBeGreaterThan(8);
    const said = new Set<string>(Object.values(en).filter((message) => typeof message === 'string'));
    expect(quoted.filter((text) => !said.has(text))).toEqual([]);
  });
});

describe('docs/GLOSSARY.md', () => {
  const [, own] = textOf('docs/GLOSSARY.md').split(/^## Our own terms$/m);
  const terms = [...own!.matchAll(/^\| ([^|]+) \| [^|]+ \| `([^`]+)` \|$/gm)].map(([, term, file]) => ({ term, file }));

  it('names a file for each term of our own', () => {
    const rows = own!.split('\n').filter((line) => /^\| (?!term )/.test(line));
    expect(terms.length).toBeGreaterThan(10);
    expect(terms).toHaveLength(rows.length);
  });

  it.each(terms)('$term is what $file calls it', ({ term, file }) => {
    // A comment may break within a term.
    const text = textOf(file!).replaceAll(/\s*\n\s*(?:\*|\/\/)?\s*/g, ' ');
    expect(text.toLowerCase()).toContain(term!.toLowerCase());
  });
});

describe('the files of config/', () => {
  it('hold the usual values and no others: what a household is asked for in the app is not said for it', () => {
    const config = loadConfig({ AIME_CONFIG_DIR: 'config' });
    const said = settingKeys.filter((key) => config.sourceOf(key) === 'file');
    expect(said.length).toBeGreaterThan(3);
    expect(Object.fromEntries(said.map((key) => [key, config.get(key)]))).toEqual(
      Object.fromEntries(said.map((key) => [key, definitionOf(key).fallback])),
    );
  });

  it('hold settings that there are, and the example has a place for each secret', () => {
    expect(() => loadConfig({ AIME_CONFIG_DIR: 'config' })).not.toThrow();
    const example = JSON.parse(textOf('config/secrets.example.json')) as Record<
      string,
      string | Record<string, string>
    >;
    const keys = Object.entries(example).flatMap(([name, value]) =>
      typeof value === 'string' ? [name] : Object.keys(value).map((inner) => `${name}.${inner}`),
    );
    expect(keys.sort()).toEqual(settingKeys.filter((key) => definitionOf(key).secret).sort());
  });
});

describe('the reference of the API', () => {
  it('is as the routes are, and whatever a guide names is in it', async () => {
    const reference = await apiReference();
    expect(textOf('docs/API.md') === reference, 'run npm run api-docs').toBe(true);
    const paths = new Set(found(reference, /^### \w+ (\S+)$/gm).map((path) => path.replaceAll(/:\w+/g, ':')));
    for (const guide of guides) {
      const routes = found(codeOf(textOf(guide)).join('\n'), /(\/api\/v1\/[\w:/.-]*[\w:])/g).map((path) =>
        path.replaceAll(/:\w+/g, ':'),
      );
      expect(
        routes.filter((path) => !paths.has(path) && ![...paths].some((known) => known.startsWith(`${path}/`))),
        guide,
      ).toEqual([]);
    }
  });
});

describe('PROJECT-SUMMARY.md', () => {
  const lineOf = (beginning: string): string[] =>
    found(
      new RegExp(`\\*\\*${beginning}\\*\\*([\\s\\S]*?)\\n-`).exec(textOf('PROJECT-SUMMARY.md'))![1]!,
      /`([\w-]+)`/g,
    );

  it('names what there is', () => {
    expect(lineOf('Jobs')).toEqual([...jobIds]);
    expect(lineOf('Playlists').sort()).toEqual([...PlaylistAlgorithms].sort());
    expect(lineOf('What replicates').sort()).toEqual([...collectionNames].sort());
    const pages = filesIn('web/routes', '+page.svelte').map(
      (path) => path.split('/').filter((part) => !/^(web|routes|\(app\)|\+page\.svelte|\[.*)$/.test(part))[0],
    );
    expect([...new Set(lineOf('Pages'))].sort()).toEqual(
      [...new Set(pages.filter((page) => page !== undefined))].sort(),
    );
    const upstreams = filesIn('server/upstreams', '/index.ts').map((path) => path.split('/')[2]);
    expect(lineOf('Services').sort()).toEqual(upstreams.sort());
  });
});

describe('where is …?', () => {
  const rows = found(textOf('docs/ARCHITECTURE.md'), /^(\| Where [^\n]* \||\| What runs [^\n]* \|)$/gm).map((row) => {
    const [, question, command, finds] = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return {
      question: question!,
      command: command!.replaceAll('`', ''),
      files: found(finds!, /`((?:server|shared|web)\/[^`]+\.ts)`/g),
    };
  });

  it('asks sixteen questions', () => {
    expect(rows.map(({ question }) => question)).toHaveLength(16);
  });

  it.each(rows)('$question', ({ command, files }) => {
    const [, flags, pattern, folders] = /^rg (?:-(\w+) )?"([^"]+)" (.+)$/.exec(command)!;
    const sought = new RegExp(pattern!, flags?.includes('i') ? 'im' : 'm');
    const hits = folders!
      .split(' ')
      .flatMap((folder) => filesIn(folder, '.ts'))
      .filter((path) => sought.test(textOf(path)));
    expect(files).not.toEqual([]);
    expect(files.filter((file) => !hits.includes(file))).toEqual([]);
  });
});
