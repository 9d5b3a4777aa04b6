import { expect, it, vi } from 'vitest';
import fr from '../../lib/i18n/fr/index.ts';
import { genreName, gradeName } from './discogsTerms.ts';

vi.mock('$lib/i18n/index.svelte.ts', () => ({ lookUp: (key: string) => (fr as Record<string, unknown>)[key] }));

it('says genres and conditions of Discogs’ in French, and leaves what needs no other word', () => {
  expect(['Electronic', 'Folk, World, & Country', 'Stage & Screen', "Children's", 'Rock'].map(genreName)).toEqual([
    'Électronique',
    'Folk, musiques du monde et country',
    'Scène et écran',
    'Jeunesse',
    'Rock',
  ]);
  expect(['Near Mint (NM or M-)', 'Very Good Plus (VG+)', 'a scratch on side B'].map(gradeName)).toEqual([
    'Comme neuf (NM ou M-)',
    'Très bon + (VG+)',
    'a scratch on side B',
  ]);
});
