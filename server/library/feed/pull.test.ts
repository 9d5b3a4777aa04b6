import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { collections, type CollectionName } from '#shared/sync/collections.ts';
import { applied, libraryForTest, listenTo, play, START } from '../testing/library.ts';

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    play({
      playedAt: START + index * 86_400,
      artist: `Artist ${index}`,
      album: `Album ${index}`,
      title: `Title ${index}`,
    }),
  );

describe('pulling', () => {
  it('gives documents of the collections’ shapes, tombstones included', () => {
    const { library } = libraryForTest();
    listenTo(library, {
      imageUrl: 'https://images.example/1.jpg',
      artistUrl: 'https://www.last.fm/music/x',
      zone: 'Kitchen',
      durationSeconds: 200,
    });
    listenTo(library, { album: undefined, playedAt: START + 900, artist: 'Okra feat. Leek' });
    applied(library, { kind: 'note-listen', listenId: 1, note: 'x' });
    const [recorded] = library.scrobbles.between('lastfm', START + 900, START + 901);
    library.scrobbles.correct(recorded!.id, play({ playedAt: START + 900 }));
    library.playlists.put({
      id: '00000000-0000-4000-8000-00000000cccc',
      name: 'Evening',
      algorithm: 'ai',
      aiPrompt: 'calm',
      options: { length: 3 },
      createdAt: START,
      updatedAt: START,
      entries: [{ entry: 'a', trackId: 1, reason: 'calm' }],
    });
    let seen = 0;
    for (const name of Object.keys(collections) as CollectionName[]) {
      for (const { _deleted, ...document } of library.feed.pull(name, 0, 100).documents) {
        expect(v.parse(v.strictObject(collections[name].schema.entries), document)).toEqual(document);
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(6);
  });

  it('is short only at the end of the feed, and every change is seen once', () => {
    const { library } = libraryForTest();
    library.scrobbles.record(many(25));
    const seen: string[] = [];
    let seq = 0;
    for (let length = 4; length === 4;) {
      const answer = library.feed.pull('albums', seq, 4);
      expect(answer.seq).toBeGreaterThan(seq);
      ({ seq } = answer);
      length = answer.documents.length;
      seen.push(...answer.documents.map(({ id }) => id));
    }
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen).toHaveLength(25);
    expect(library.feed.pull('albums', seq, 4)).toEqual({ documents: [], seq });
  });

  it('begins with the newest pages and what is heard on them', () => {
    const { library } = libraryForTest();
    library.scrobbles.record(many(300));
    const pages = library.feed.pull('journal', 0, 5, { priority: true });
    expect(pages.documents.map(({ id }) => id)).toEqual(['2024-09', '2024-08', '2024-07', '2023-11', '2023-12']);
    const next = library.feed.pull('journal', pages.seq, 5);
    expect(next.documents.map(({ id }) => id)).toEqual(['2024-01', '2024-02', '2024-03', '2024-04', '2024-05']);

    const albums = library.feed.pull('albums', 0, 250, { priority: true });
    expect(albums.documents).toHaveLength(250);
    expect(albums.documents[0]).toMatchObject({ title: 'Album 299' });
    expect(albums.documents[200]).toMatchObject({ title: 'Album 0' });
    const artists = library.feed.pull('artists', 0, 3, { priority: true });
    expect(artists.documents.map(({ name }) => name)).toEqual(['Artist 299', 'Artist 298', 'Artist 0']);
  });

  it('does not repeat what is primed when all fits on one page', () => {
    const { library } = libraryForTest();
    library.scrobbles.record(many(3));
    expect(library.feed.pull('albums', 0, 3, { priority: true }).documents.map(({ title }) => title)).toEqual([
      'Album 0',
      'Album 1',
      'Album 2',
    ]);
    expect(library.feed.pull('albums', 0, 4, { priority: true }).documents).toHaveLength(3);
  });

  it('shows Discogs’ numbers to nobody', () => {
    const { library } = libraryForTest();
    applied(library, {
      kind: 'add-record',
      alias: '00000000-0000-4000-8000-00000000dddd',
      title: 'Kvelden',
      artists: ['Okra (2)'],
      year: null,
      support: null,
    });
    expect(library.feed.pull('artists', 0, 5).documents).toMatchObject([{ name: 'Okra', sortName: 'Okra' }]);
    expect(library.feed.pull('albums', 0, 5).documents).toMatchObject([{ artists: [{ name: 'Okra' }] }]);
  });

  it('notifies listeners after the commit of the collections that moved, and survives one that throws', () => {
    const { library } = libraryForTest();
    const moved: string[][] = [];
    library.feed.subscribe(() => {
      throw new Error('a listener in trouble');
    });
    const stop = library.feed.subscribe((changes) => {
      expect(library.feed.pull('journal', 0, 10).documents).toHaveLength(1);
      moved.push(changes.map(({ collection }) => collection).sort());
    });
    listenTo(library);
    expect(moved).toEqual([['albums', 'artists', 'journal']]);
    stop();
    listenTo(library, { playedAt: START + 900 });
    expect(moved).toHaveLength(1);
  });
});
