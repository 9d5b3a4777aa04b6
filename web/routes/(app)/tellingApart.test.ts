import { expect, it, vi } from 'vitest';
import { namesakesAmong, telling, toldApart } from './tellingApart.ts';

vi.mock('$lib/i18n/index.svelte.ts', () => ({ t: (key: string, values: Record<string, unknown> = {}) => `${key} ${Object.values(values).join(' ')}`.trim() }));
vi.mock('$lib/ui/support.ts', () => ({ supportKind: () => 'vinyl' }));
vi.mock('$lib/library/index.ts', () => ({
  artists: { albums: (id: string) => (id === '1' ? ['a', 'b'] : []), plays: (id: string) => ({ count: Number(id) * 10 }), entry: (id: string) => ({ discogsId: id === '2' ? '900' : null }) },
  albums: { entry: (id: string) => ({ year: id === '7' ? 1991 : null, support: 'Vinyl', discogsId: id }), plays: () => ({ count: 3 }) },
}));

const artist = (id: string, name: string) => ({ kind: 'artist' as const, id, name, detail: '' });
const album = (id: string, name: string, detail: string) => ({ kind: 'album' as const, id, name, detail });

it('tells artists of one name apart, and says nothing more of the others', () => {
  const found = [artist('1', 'Nirvana'), artist('2', 'NIRVANA'), artist('3', 'Nirvana UK')];
  const namesakes = namesakesAmong(found);
  expect(found.map((each) => toldApart(each, namesakes))).toEqual(['unit.records 2 · unit.listens 10', 'unit.listens 20 · search.discogsNumber 900', '']);
});

it('tells records of one title by one artist apart', () => {
  const found = [album('7', 'Bleach', 'Nirvana'), album('8', 'Bleach', 'Nirvana'), album('9', 'Bleach', 'Others')];
  const namesakes = namesakesAmong(found);
  expect(found.map((each) => toldApart(each, namesakes))).toEqual([
    'Nirvana · 1991 · support.vinyl · unit.listens 3 · search.discogsNumber 7',
    'Nirvana · support.vinyl · unit.listens 3 · search.discogsNumber 8',
    'Others',
  ]);
  expect(telling({ kind: 'track', id: '1' })).toEqual([]);
});
