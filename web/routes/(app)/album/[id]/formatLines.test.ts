import { expect, it, vi } from 'vitest';
import fr from '../../../../lib/i18n/fr/index.ts';
import { formatLines } from './formatLines.ts';

const messages = fr as Record<string, unknown>;
vi.mock('$lib/i18n/index.svelte.ts', () => ({ lookUp: (key: string) => messages[key] }));

it.each([
  ['Vinyl', ['Vinyle', '']],
  ['Vinyl, LP, Reissue', ['Vinyle', 'LP, Réédition']],
  ['2 × Vinyl, LP', ['2 × Vinyle', 'LP']],
  ['Vinyl, LP + CD', ['Vinyle', 'LP + CD']],
  ['2 × CD + DVD', ['2 × CD', '+ DVD']],
  ['CDr, Album', ['CDr', 'Album']],
  [null, ['Support', '']],
])('%s is shown once', (format, lines) => expect(formatLines(format, 'Support')).toEqual(lines));
