import { describe, expect, it } from 'vitest';
import { readMusicLink } from '#shared/links/musicLink.ts';
import { albumEntry, artistEntry } from './entries.ts';
import { answerFor, type Named } from './shelfAnswer.ts';
import { album, artist, copy } from './testing/documents.ts';

const ada = [{ id: '1', name: 'Ada Nordlund' }];
const albums = [
  album('1', 'Harbour Lights', { artists: ada, discogsId: '77', masterId: '7', copies: [copy('4')] }),
  album('2', 'Harbour Lights', { artists: [{ id: '2', name: 'The Velvet Ledgers' }] }),
  album('3', 'Harbour', {
    artists: ada,
    wanted: true,
    discogsId: '78',
    spotifyUrl: 'https://open.spotify.com/album/abc1',
  }),
  album('4', 'Harbour Lights (Live)', { artists: ada, masterId: '7', discogsId: '79' }),
  album('5', 'Ada Nordlund', { artists: ada }),
].map(albumEntry);
const artists = [artist('1', 'Ada Nordlund'), artist('2', 'The Velvet Ledgers')].map(artistEntry);

const asked = (address: string, named: Named = {}) => {
  const answer = answerFor(readMusicLink(address), named, albums, artists);
  return {
    albums: answer.albums.map(({ id }) => id),
    pressings: answer.pressings.map(({ id }) => id),
    artist: answer.artist?.id ?? null,
  };
};

describe('“do I own this?”', () => {
  it('is answered by a service’s own id', () => {
    expect(asked('https://www.discogs.com/release/77')).toEqual({ albums: ['1'], pressings: ['4'], artist: '1' });
    expect(asked('https://www.discogs.com/master/7')).toMatchObject({ albums: ['1', '4'] });
    expect(asked('https://open.spotify.com/album/abc1?si=1')).toMatchObject({ albums: ['3'] });
  });

  it('is answered by the names in the address', () => {
    expect(asked('https://www.last.fm/music/Ada+Nordlund/Harbour+Lights')).toEqual({
      albums: ['1'],
      pressings: ['4'],
      artist: '1',
    });
    expect(asked('https://www.last.fm/music/The+Velvet+Ledgers/Harbour+Lights')).toMatchObject({ albums: ['2'] });
    expect(asked('https://www.discogs.com/release/4711-Ada-Nordlund-Harbour-Lights')).toMatchObject({ albums: ['1'] });
    expect(asked('https://www.last.fm/music/Ada+Nordlund')).toEqual({ albums: [], pressings: [], artist: '1' });
    expect(asked('https://www.discogs.com/artist/4-Ada-Nordlund')).toMatchObject({ artist: '1' });
  });

  it('is answered by the words that came along', () => {
    expect(asked('https://open.spotify.com/album/zzz', { text: 'Harbour by Ada Nordlund' })).toMatchObject({
      albums: ['3'],
    });
    expect(asked('https://open.spotify.com/album/zzz', { text: 'Ada Nordlund · Harbour Lights' })).toMatchObject({
      albums: ['1'],
    });
    expect(asked('https://open.spotify.com/album/zzz', { text: 'Ada Nordlund' })).toMatchObject({ albums: [] });
  });

  it('is answered by what the service said, other pressings included', () => {
    expect(
      asked('https://www.discogs.com/release/4711', { artist: 'Nobody', title: 'Elsewhere', masterId: '7' }),
    ).toEqual({ albums: [], pressings: ['1', '4'], artist: null });
    expect(
      asked('https://www.discogs.com/release/4711', { artist: 'Ada Nordlund', title: 'Harbour Lights' }),
    ).toMatchObject({ albums: ['1'] });
  });

  it('may be no', () => {
    expect(asked('https://www.last.fm/music/Nobody/Nothing')).toEqual({ albums: [], pressings: [], artist: null });
    expect(asked('https://example.com')).toEqual({ albums: [], pressings: [], artist: null });
  });
});
