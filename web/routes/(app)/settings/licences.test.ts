import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { madeWith } from './licences.ts';

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;

it('names every package that AIME runs on, and those whose code or letters are in its pages, each with its licence', () => {
  const inPages = Object.keys(devDependencies).filter((name) =>
    /^(svelte|@sveltejs\/kit|rxdb|rxjs|dexie)$|^@fontsource|^workbox-/.test(name),
  );
  expect(madeWith.map(({ name }) => name)).toEqual([...Object.keys(dependencies), ...inPages].sort());
  for (const { name, version, licence } of madeWith) {
    expect([name, version]).toEqual([name, dependencies[name] ?? devDependencies[name]]);
    expect(licence, name).toMatch(/MIT|Apache|ISC|BSD|OFL/);
  }
});
