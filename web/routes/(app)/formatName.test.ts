import { expect, it, vi } from 'vitest';
import fr from '../../lib/i18n/fr/index.ts';
import { formatName } from './formatName.ts';

vi.mock('$lib/i18n/index.svelte.ts', () => ({ lookUp: (key: string) => (fr as Record<string, unknown>)[key] }));

it('says a format in the reader’s language, and leaves what it has no word for', () => {
  expect(formatName('2 × Vinyl, LP, Album, Reissue, Blue Swirl + CD')).toBe(
    '2 × Vinyle, LP, Album, Réédition, Blue Swirl + CD',
  );
  expect(formatName('CD, Compilation + 3 × File, 45 RPM')).toBe('CD, Compilation + 3 × Fichier, 45 tr/min');
});
