import { describe, expect, it } from 'vitest';
import type { Library } from '../api/library.ts';
import { applied, libraryForTest, listenTo, replicaOf, START } from '../testing/library.ts';
import { copyOf, releaseOf } from '../testing/shelf.ts';

const page = { page: 1, pageSize: 50 };
const by = (release: string, title: string, name: string, creditedAs: string, discogsId = '7') => ({
  ...releaseOf(release, name, title),
  artists: [{ discogsId, name, creditedAs, join: '' }],
});
const names = (library: Library) => library.reads.artists(page).items.map(({ name }) => name);
const credits = (library: Library, title: string) =>
  library.reads.albums({ ...page, q: title }).items[0]!.artists.map(({ name, creditedAs }) => [name, creditedAs]);
const take = (library: Library, ...releases: ReturnType<typeof by>[]) =>
  library.shelf.takeCopies(
    releases.map((release) => copyOf(`i-${release.discogsId}`, release)),
    'pass',
  );

describe('the name of an artist', () => {
  it('is their own, however a report or a record spelt it first', () => {
    const { library } = libraryForTest();
    listenTo(library, { artist: 'BJÖRK', album: 'Homogenic', title: 'Jóga', playedAt: START });
    listenTo(library, { artist: 'BJÖRK', album: undefined, title: 'Oceania', playedAt: START + 900 });
    expect(names(library)).toEqual(['BJÖRK']);
    take(library, by('1', 'Vespertine', 'Björk', 'björk'));
    expect(names(library)).toEqual(['Björk']);
    expect(credits(library, 'Vespertine')).toEqual([['Björk', 'björk']]);
    expect(credits(library, 'Homogenic')).toEqual([['Björk', undefined]]);
    // Every document on which it stands says so.
    expect(JSON.stringify([...replicaOf(library)])).not.toContain('BJÖRK');
  });

  it('is set right by the next import where an earlier one left it', () => {
    const { library } = libraryForTest();
    take(library, by('1', 'Vespertine', 'BJÖRK', 'BJÖRK'));
    take(library, by('1', 'Vespertine', 'Björk', 'Björk'));
    expect(names(library)).toEqual(['Björk']);
    expect(credits(library, 'Vespertine')[0]![0]).toBe('Björk');
  });

  it('keeps the number that distinguishes namesakes, and is no other artist’s', () => {
    const { library } = libraryForTest();
    take(library, by('1', 'Bleak', 'Nirvana', 'Nirvana', '7'), by('2', 'Rainbow', 'Nirvana (2)', 'NIRVANA', '9'));
    take(library, by('3', 'Emerald', 'NIRVANA (2)', 'Nirvana', '9'));
    const numbered = [...replicaOf(library)].flatMap(([key, document]) =>
      key.startsWith('artists:') ? [(document as { numberedName?: string }).numberedName] : [],
    );
    expect(numbered.sort()).toEqual(['NIRVANA (2)', undefined]);
  });

  it('leaves the credit on a record that has another name of theirs, and finds it by both', () => {
    const { library } = libraryForTest();
    take(library, by('1', '1999', 'Prince', 'Prince', '7'), by('2', 'Emancipation', 'The Artist', 'The Artist', '8'));
    const [other, prince] = library.reads.artists(page).items;
    applied(library, { kind: 'merge-artists', from: String(other!.id), into: String(prince!.id) });
    take(library, by('2', 'Emancipation', 'The Artist', 'The Artist', '8'));
    expect(credits(library, 'Emancipation')).toEqual([['Prince', 'The Artist']]);
    for (const q of ['prince emancipation', 'artist emancipation'])
      expect(library.reads.albums({ ...page, q }).items).toHaveLength(1);
  });
});
