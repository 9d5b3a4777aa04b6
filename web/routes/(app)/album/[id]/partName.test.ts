import { expect, it, vi } from 'vitest';
import fr from '../../../../lib/i18n/fr/index.ts';
import { partName } from './partName.ts';

const messages = fr as Record<string, unknown>;
vi.mock('$lib/i18n/index.svelte.ts', () => ({
  lookUp: (key: string) => messages[key],
  t: (key: string, values: Record<string, unknown> = {}) =>
    String(messages[key]).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
}));

it('names a part in the reader’s language, as far as it is known', () => {
  expect(
    [
      { side: 'AA' },
      { disc: 2 },
      { medium: 'CD' },
      { medium: 'DVD', disc: 1 },
      { medium: 'Video' },
      { disc: 2, side: 'B' },
      { medium: 'LP', disc: 2, side: 'A' },
      {},
    ].map(partName),
  ).toEqual(['Face AA', 'Disque 2', 'CD', 'DVD 1', 'Vidéo', 'Disque 2, Face B', 'LP 2, Face A', 'Autres titres']);
});
