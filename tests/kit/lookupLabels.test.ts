import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import en from '../../web/lib/i18n/en/index.ts';
import fr from '../../web/lib/i18n/fr/index.ts';

/** What the queue's workers do, as their sources name it. */
const kinds = ['server/enrichment/tasks', 'server/enrichment/albumText'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) =>
      [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/^ +kind: '([a-z-]+)',$/gm)].map(([, kind]) => kind!),
    ),
);

it('Settings say of each thing that is looked up what it is, in both languages', () => {
  expect(kinds.length).toBeGreaterThan(6);
  for (const messages of [en, fr]) expect(kinds.filter((kind) => !(`lookups.${kind}` in messages))).toEqual([]);
});
