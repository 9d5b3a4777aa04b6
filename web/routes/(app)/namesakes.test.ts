import { expect, it, vi } from 'vitest';
import { nameAlone, namesakesAmong, distinguishParts, secondLine, type Names } from './namesakes.ts';

vi.mock('$lib/i18n/index.svelte.ts', () => ({
  t: (key: string, values: Record<string, unknown> = {}) => `${key} ${Object.values(values).join(' ')}`.trim(),
}));
vi.mock('$lib/ui/support.ts', () => ({ supportGroup: () => 'vinyl' }));
const journal = { complete: true };
const NAMED = [
  { id: '1', name: 'Nirvana' },
  { id: '2', name: 'NIRVANA' },
  { id: '3', name: 'Nirvana UK' },
];
const TITLED = [
  { id: '7', title: 'Bleach', artistLine: 'Nirvana' },
  { id: '8', title: 'Bleach', artistLine: 'nirvana' },
  { id: '9', title: 'Live', artistLine: 'One' },
  { id: '10', title: 'LIVE', artistLine: 'Other' },
  { id: '11', title: 'Alone', artistLine: 'One' },
];
const library = {
  journal,
  artists: {
    list: () => NAMED,
    albums: (id: string) => (id === '1' ? ['a', 'b'] : []),
    plays: (id: string) => ({ count: Number(id) * 10 }),
    entry: (id: string) => ({ discogsId: id === '2' ? '900' : null, name: NAMED.find((each) => each.id === id)?.name }),
  },
  albums: {
    list: () => TITLED,
    entry: (id: string) => ({
      ...TITLED.find((each) => each.id === id),
      year: id === '7' ? 1991 : null,
      support: 'Vinyl',
      discogsId: id,
    }),
    plays: () => ({ count: 3 }),
    get: (id: string) =>
      id === '7'
        ? {
            tracks: [
              { id: 1, position: 'A1' },
              { id: 2, position: 'B1' },
            ],
          }
        : undefined,
  },
  tracks: { plays: (id: number) => ({ count: id }) },
} as unknown as Names;

const artist = (id: string, name: string) => ({ kind: 'artist' as const, id, name, detail: '' });
const album = (id: string, name: string, detail: string) => ({ kind: 'album' as const, id, name, detail });

it('distinguishes artists of one name, and says nothing more of the others', () => {
  const found = [artist('1', 'Nirvana'), artist('2', 'NIRVANA'), artist('3', 'Nirvana UK')];
  const namesakes = namesakesAmong(found);
  expect(found.map((each) => secondLine(each, namesakes, library))).toEqual([
    'unit.records 2 · unit.listens 10',
    'unit.listens 20 · search.discogsNumber 900',
    '',
  ]);
});

it('shows no number of listens while they are still coming', () => {
  journal.complete = false;
  const found = [artist('1', 'Nirvana'), artist('2', 'NIRVANA')];
  expect(found.map((each) => secondLine(each, new Set(found), library))).toEqual([
    'unit.records 2',
    'search.discogsNumber 900',
  ]);
  journal.complete = true;
});

it('distinguishes records of one title by one artist', () => {
  const found = [album('7', 'Bleach', 'Nirvana'), album('8', 'Bleach', 'Nirvana'), album('9', 'Bleach', 'Others')];
  const namesakes = namesakesAmong(found);
  expect(found.map((each) => secondLine(each, namesakes, library))).toEqual([
    'Nirvana · 1991 · support.vinyl · unit.listens 3 · search.discogsNumber 7',
    'Nirvana · support.vinyl · unit.listens 3 · search.discogsNumber 8',
    'Others',
  ]);
});

it('distinguishes tracks of one title by their pressings, and by their places on one', () => {
  const track = (id: string, ownerId: number) => ({
    kind: 'track' as const,
    id,
    name: 'Intro',
    detail: 'Nirvana · Bleach',
    ownerId,
  });
  const found = [track('1', 7), track('2', 7), track('3', 8), track('4', -1)];
  const namesakes = namesakesAmong(found);
  expect(found.map((each) => secondLine(each, namesakes, library).replace('Nirvana · Bleach · ', ''))).toEqual([
    '1991 · support.vinyl · A1 · unit.listens 1 · search.discogsNumber 7',
    '1991 · support.vinyl · B1 · unit.listens 2 · search.discogsNumber 7',
    'support.vinyl · unit.listens 3 · search.discogsNumber 8',
    'unit.listens 4',
  ]);
});

it('a name that stands alone says which of its namesakes it is, and nothing more where it has none', () => {
  expect(['1', '2', '3'].map((id) => nameAlone('artist', id, library))).toEqual([
    'Nirvana · unit.records 2 · unit.listens 10',
    'NIRVANA · unit.listens 20 · search.discogsNumber 900',
    'Nirvana UK',
  ]);
  expect(['7', '9', '10', '11'].map((id) => nameAlone('album', id, library))).toEqual([
    'Bleach · Nirvana · 1991 · support.vinyl · unit.listens 3 · search.discogsNumber 7',
    'Live · One',
    'LIVE · Other',
    'Alone',
  ]);
});

it('parts of one title are distinguished by their numbers, or said to have none', () => {
  const part = (id: string, title: string, discogsId?: string) => ({
    id,
    title,
    reason: 'by-hand',
    ...(discogsId && { discogsId }),
  });
  expect([...distinguishParts([part('1', 'Bleach', '55'), part('2', 'bleach'), part('3', 'Live', '66')])]).toEqual([
    ['1', 'search.discogsNumber 55'],
    ['2', 'merge.noNumber'],
  ]);
});
