import { expect, it, vi } from 'vitest';
import { folderName, labelName } from './placeholders.ts';

vi.mock('$lib/i18n/index.svelte.ts', () => ({
  t: (key: string, { name = '' }: { name?: string } = {}) => `${key} ${name}`.trim(),
}));

it('what Discogs writes where there is nothing is said in the reader’s language; a name stays', () => {
  expect(
    [
      'Not On Label',
      'Not On Label (Sufjan Stevens Self-released)',
      'Not On Label (Mozart)',
      'Not On Label Records',
      'Blue Note',
    ].map(labelName),
  ).toEqual(['label.none', 'label.own Sufjan Stevens', 'label.own Mozart', 'Not On Label Records', 'Blue Note']);
  expect(['Uncategorized', 'Living room'].map(folderName)).toEqual(['folder.none', 'Living room']);
});
