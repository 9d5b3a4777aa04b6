import { expect, it, vi } from 'vitest';
import { notOwnedName, shelfStatusName, supportName } from './names.ts';

vi.mock('$lib/i18n/index.svelte.ts', () => ({ t: (key: string) => key }));
vi.mock('$lib/ui/support.ts', () => import('../../lib/ui/support.ts'));

it('a record is never said to be heard only, or not owned, while it is on the shelf or wanted', () => {
  const stands = (support: string | null, owned: boolean, wanted: boolean) =>
    shelfStatusName({ support, owned, wanted });
  expect([
    stands('Vinyl', true, false),
    stands(null, true, false),
    stands(null, true, true),
    stands(null, false, true),
    stands(null, false, false),
  ]).toEqual(['support.vinyl', 'support.owned', 'support.owned', 'album.wanted', 'support.none']);
  expect([notOwnedName(true, 0), notOwnedName(false, 3), notOwnedName(false, 0)]).toEqual([
    'album.wanted',
    'album.notOwned',
    'album.neither',
  ]);
});

it('a support goes by its kind where it is one, else by its own name', () => {
  expect(
    [
      'Vinyl',
      'CD',
      'SACD',
      'Cassette',
      'Digital',
      'DVD',
      'Blu-ray',
      'Shellac',
      'Reel-to-reel',
      '8-Track',
      'Minidisc',
    ].map(supportName),
  ).toEqual([
    'support.vinyl',
    'support.cd',
    'support.sacd',
    'support.cassette',
    'support.digital',
    'DVD',
    'Blu-ray',
    'Shellac',
    'Reel-to-reel',
    '8-Track',
    'Minidisc',
  ]);
});
