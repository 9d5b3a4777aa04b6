import { expect, it } from 'vitest';
import type { ArtistDocument } from '#shared/library/artist.ts';
import { UpstreamError } from '../../kit/http/upstreamError.ts';
import type { Library } from '../../library/api/library.ts';
import { libraryForTest, listenTo, replicaOf } from '../../library/testing/library.ts';
import { copyOf, releaseOf } from '../../library/testing/shelf.ts';
import type { DiscogsClient } from '../../upstreams/discogs/index.ts';
import { NewEntities } from '../newEntities.ts';
import { discogsArtist } from './discogs.ts';

const picture = (address: string, type: 'primary' | 'secondary') => ({
  type,
  url: `https://i.discogs.com/${address}`,
  thumbUrl: null,
  width: 600,
  height: 400,
});
const artistsOf = (library: Library) =>
  [...replicaOf(library)].flatMap(([key, document]) =>
    key.startsWith('artists:') ? [document as ArtistDocument] : [],
  );

/** Whom Discogs is asked about, and what becomes of it. */
async function asked(library: Library, artist: DiscogsClient['artist']) {
  const { facts, images, queue } = library;
  const newEntities = new NewEntities(facts, queue, library.states, library.shelf);
  while (newEntities.enqueue());
  const task = discogsArtist({ facts, images, client: () => ({ artist }) as DiscogsClient });
  const subjects: string[] = [];
  for (let next = queue.take('discogs', 2_000_000_000); next; next = queue.take('discogs', 2_000_000_000)) {
    if (next.kind !== task.kind) continue;
    subjects.push(next.subject);
    const result = await task.run(next, new AbortController().signal);
    if ('keep' in result) result.keep();
    else queue.giveUp(next.id, result.giveUp);
  }
  return subjects;
}

const release = (number: string, name: string, id: string) => ({
  ...releaseOf(id, name, `Record ${id}`),
  artists: [{ discogsId: number, name, creditedAs: name, join: '' }],
});

it('finds pictures of artists at Discogs, by their number alone, each once', async () => {
  const { library } = libraryForTest();
  listenTo(library);
  library.shelf.takeCopies(
    [
      copyOf('i-1', release('7', 'Nirvana', '1')),
      copyOf('i-2', release('9', 'Nirvana (2)', '2')),
      copyOf('i-3', release('194', 'Various', '3')),
    ],
    'pass',
  );
  const numbers: number[] = [];
  const artist = (id: number) => {
    numbers.push(id);
    if (id === 9) throw new UpstreamError({ upstream: 'Discogs', kind: 'not-found', message: 'Artist not found.' });
    return Promise.resolve({ id, images: [picture('other.jpg', 'secondary'), picture('front.jpg', 'primary')] });
  };
  await asked(library, artist);
  expect(numbers.sort()).toEqual([7, 9]);
  const pictured = artistsOf(library).filter(({ images }) => images.length > 0);
  expect(pictured.map(({ discogsId, images }) => [discogsId, images.map(({ source }) => source)])).toEqual([
    ['7', ['discogs']],
  ]);
  expect(library.images.get(pictured[0]!.images[0]!.id)?.url).toBe('https://i.discogs.com/front.jpg');
  expect(await asked(library, artist)).toEqual([]);
});

it('asks about artists of an existing library as soon as their number is known, and shows Spotify’s photograph first', async () => {
  const { library } = libraryForTest();
  listenTo(library, { artist: 'Nirvana', album: 'Bleach', title: 'Blew', playedAt: 1_700_000_000 });
  const artist = (id: number) => Promise.resolve({ id, images: [picture('front.jpg', 'primary')] });
  expect(await asked(library, artist)).toEqual([]);
  library.shelf.takeCopies([copyOf('i-1', release('7', 'Nirvana', '1'))], 'pass');
  expect(await asked(library, artist)).toHaveLength(1);
  const { id } = artistsOf(library)[0]!;
  library.images.add({ url: 'https://i.scdn.co/image/1', source: 'spotify', owner: { artistId: Number(id) } });
  expect(artistsOf(library)[0]!.images.map(({ source }) => source)).toEqual(['spotify', 'discogs']);
});
