import { believableMatch } from '#shared/matching/sameTrack.ts';
import { compareAlbums } from '#shared/matching/sameAlbum.ts';
import { sameArtist } from '#shared/matching/sameArtist.ts';
import type { Facts } from '../../library/api/facts.ts';
import type { Images } from '../../library/api/images.ts';
import type { SpotifyClient } from '../../upstreams/spotify/index.ts';
import { type EnrichmentTask, subjectId } from '../task.ts';

interface Needs {
  facts: Facts;
  images: Images;
  client: () => SpotifyClient;
}

/** Cover, release year and Spotify's page of an album; accepted only when artist and title agree. */
export const spotifyAlbum = ({ facts, images, client }: Needs): EnrichmentTask => ({
  kind: 'spotify-album',
  async run(task, signal) {
    const album = facts.album(subjectId(task));
    const artist = album?.artists[0];
    if (!album || artist === undefined) return { giveUp: 'gone' };
    const candidates = await client().searchAlbums({ artist, title: album.title }, signal);
    const credit = album.artists.join(', ');
    const found = candidates.find((candidate) => {
      const answered = candidate.artists.join(', ');
      const names = candidate.artists.some((name) =>
        believableMatch({ artist, title: album.title }, { artist: name, title: candidate.name }),
      );
      return (
        names ||
        compareAlbums({ artist: credit, title: album.title }, { artist: answered, title: candidate.name }).decision ===
          'same'
      );
    });
    if (!found) return { giveUp: 'no-match' };
    return {
      keep() {
        const [widest] = found.images;
        if (widest) images.add({ url: widest.url, source: 'spotify', owner: { albumId: album.id }, ...sizeOf(widest) });
        facts.fillAlbum(album.id, { year: found.year, spotifyUrl: found.url });
      },
    };
  },
});

/** An artist's photograph, which is shown before that of any other source. */
export const spotifyArtist = ({ facts, images, client }: Needs): EnrichmentTask => ({
  kind: 'spotify-artist',
  async run(task, signal) {
    const artist = facts.artist(subjectId(task));
    if (!artist) return { giveUp: 'gone' };
    const candidates = await client().searchArtists(artist.name, signal);
    const found = candidates.find((candidate) => sameArtist(artist.name, candidate.name).decision === 'same');
    if (!found) return { giveUp: 'no-match' };
    return {
      keep() {
        const [widest] = found.images;
        if (widest)
          images.add({ url: widest.url, source: 'spotify', owner: { artistId: artist.id }, ...sizeOf(widest) });
        facts.fillArtist(artist.id, { spotifyId: found.id });
      },
    };
  },
});

const sizeOf = ({ width, height }: { width: number | null; height: number | null }) => ({
  ...(width === null ? {} : { width }),
  ...(height === null ? {} : { height }),
});
