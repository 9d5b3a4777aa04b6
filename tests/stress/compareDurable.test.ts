import { expect, it } from 'vitest';
import type { DurableState } from './durableDeeds.ts';
import { compareDurable } from './compareDurable.ts';

const left: DurableState = {
  albums: [{ id: 1, title: 'Bris', rating: 3, note: 'Rain' }],
  listens: [
    { id: 1, title: 'Ebb', loved: true, note: '', gone: false },
    { id: 2, title: 'Flow', loved: false, note: '', gone: true },
  ],
  playlists: [{ name: 'Night', titles: ['Ebb'] }],
};

it('finds nothing where all is as the person left it', () => {
  expect(compareDurable(left, { ...left, listens: left.listens.slice(0, 1) })).toEqual({ altered: [], doubled: [] });
});

it('counts what is gone, what is otherwise, and what is there besides: deleted, or twice in a list', () => {
  const there: DurableState = {
    albums: [{ ...left.albums[0]!, rating: 4 }],
    listens: [{ ...left.listens[1]!, gone: false }],
    playlists: [
      { name: 'Night', titles: ['Ebb', 'Ebb'] },
      { name: 'Deleted', titles: [] },
      { name: 'Night', titles: ['Ebb', 'Ebb'] },
    ],
  };
  expect(compareDurable(left, there)).toEqual({
    altered: [
      'altered: album 1 (3, Rain) is 4, Rain',
      'not there: listen 1 (true, )',
      'altered: playlist Night (Ebb) is Ebb, Ebb',
      'there besides: listen 2 (false, )',
      'there besides: playlist Deleted ()',
    ],
    doubled: ['playlist Night'],
  });
});
