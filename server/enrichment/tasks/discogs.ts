import { isUpstreamError } from '../../kit/http/upstreamError.ts';
import type { Facts } from '../../library/api/facts.ts';
import type { Images } from '../../library/api/images.ts';
import type { DetailFacts, TrackFacts } from '../../library/api/shelf.ts';
import type { DiscogsClient, TracklistEntry } from '../../upstreams/discogs/index.ts';
import { creditFacts } from '../discogsFacts.ts';
import { type EnrichmentTask, subjectId } from '../task.ts';

interface Needs {
  facts: Facts;
  writeDetails: (albumId: number, details: DetailFacts) => void;
  client: () => DiscogsClient;
}

/** A release's tracklist, pictures and year. */
export const discogsRelease = ({ facts, writeDetails, client }: Needs): EnrichmentTask => ({
  kind: 'discogs-release',
  async run(task, signal) {
    const album = facts.album(subjectId(task));
    if (!album?.discogsId) return { giveUp: 'gone' };
    const release = await client().release(Number(album.discogsId), signal);
    const imageUrls = [release.coverUrl, ...release.images.map(({ url }) => url)].filter((url) => url !== null);
    return {
      keep: () =>
        writeDetails(album.id, {
          tracks: release.tracklist.flatMap(trackFacts),
          imageUrls: [...new Set(imageUrls)].slice(0, 4),
          year: release.year,
        }),
    };
  },
});

/** The year an album first came out, which its master knows; asked where the pressing's own is unknown. */
export const discogsMaster = ({ facts, client }: Pick<Needs, 'facts' | 'client'>): EnrichmentTask => ({
  kind: 'discogs-master',
  async run(task, signal) {
    const album = facts.album(subjectId(task));
    if (!album?.masterId) return { giveUp: 'gone' };
    try {
      const { year } = await client().master(Number(album.masterId), signal);
      return year === null ? { giveUp: 'not-found' } : { keep: () => facts.fillAlbum(album.id, { year }) };
    } catch (error) {
      if (isUpstreamError(error) && error.kind === 'not-found') return { giveUp: 'not-found' };
      throw error;
    }
  },
});

/**
 * An artist's picture at Discogs, by the number that distinguishes them from namesakes. Spotify's photographs go first where both have one
 * (`HEARD_ORDER`); Last.fm supplies none. The address is signed and expires: it is asked for anew when it does.
 */
export const discogsArtist = ({
  facts,
  images,
  client,
}: Pick<Needs, 'facts' | 'client'> & { images: Images }): EnrichmentTask => ({
  kind: 'discogs-artist',
  async run(task, signal) {
    const artist = facts.artist(subjectId(task));
    if (!artist?.discogsId) return { giveUp: 'gone' };
    try {
      const found = await client().artist(Number(artist.discogsId), signal);
      const picture = found.images.find(({ type }) => type === 'primary') ?? found.images[0];
      if (picture === undefined) return { giveUp: 'not-found' };
      const size = {
        ...(picture.width !== null && { width: picture.width }),
        ...(picture.height !== null && { height: picture.height }),
      };
      return {
        keep: () => images.add({ url: picture.url, source: 'discogs', owner: { artistId: artist.id }, ...size }),
      };
    } catch (error) {
      if (isUpstreamError(error) && error.kind === 'not-found') return { giveUp: 'not-found' };
      throw error;
    }
  },
});

function trackFacts(entry: TracklistEntry): TrackFacts[] {
  const line = (part: TracklistEntry, kind: TrackFacts['kind']): TrackFacts => ({
    kind,
    position: part.position === '' ? null : part.position,
    title: part.title,
    durationSeconds: part.durationSeconds,
    artists: part.artists.map(creditFacts),
  });
  if (entry.title === '') return entry.subTracks.flatMap(trackFacts);
  const parts = entry.subTracks.filter(({ title }) => title !== '');
  // An index without parts is a track like any other.
  const kind = entry.kind === 'track' || (entry.kind === 'index' && parts.length === 0) ? null : entry.kind;
  return [line(entry, kind), ...parts.map((part) => line(part, 'sub-track'))];
}
