import { expect, it } from 'vitest';
import { album } from '../library/testing/documents.ts';
import { readable } from './incoming.ts';

const whole = (id: number): Record<string, unknown> => ({ ...album(String(id)) });

it('a document that lacks what is shown of it is set aside and reported, the others go on', () => {
  const reported: string[] = [];
  const { artists: _artists, ...bare } = whole(2);
  const arrived = [
    whole(1),
    bare,
    { ...whole(3), tracks: 'none' },
    { ...whole(4), title: null },
    null,
    { title: 'No id' },
    { id: '5', _deleted: true },
    whole(6),
  ];
  const { documents, setAside } = readable('albums', arrived, ({ message }) => reported.push(message));
  expect(documents.map(({ id }) => id)).toEqual(['1', '5', '6']);
  expect(setAside).toEqual(['2', '3', '4', '', '']);
  expect(reported).toHaveLength(5);
  expect(reported[1]).toMatch(/albums 3 .*tracks/);
});

it('a document that merely goes beyond a bound, or says more than is known of it, is shown as it is', () => {
  const documents = [{ ...whole(1), rating: 9, more: 'of a later version' }];
  expect(readable('albums', documents, () => undefined).documents).toEqual(documents);
});
