import { believableMatch } from '#shared/matching/sameTrack.ts';
import type { EnrichmentQueue } from '../../library/api/enrichment.ts';
import type { Facts } from '../../library/api/facts.ts';
import type { Images } from '../../library/api/images.ts';
import type { MusicBrainzClient } from '../../upstreams/musicbrainz/index.ts';
import { type EnrichmentTask, subjectId } from '../task.ts';

interface Needs {
  facts: Facts;
  images: Images;
  queue: EnrichmentQueue;
  client: () => MusicBrainzClient;
}

/** Finds an album's release on MusicBrainz, whose id leads to the Cover Art Archive. Only for albums nobody else had a cover for. */
export const musicbrainzAlbum = ({ facts, images, queue, client }: Needs): EnrichmentTask => ({
  kind: 'musicbrainz-album',
  async run(task, signal) {
    const album = facts.album(subjectId(task));
    const artist = album?.artists[0];
    if (!album || artist === undefined) return { giveUp: 'gone' };
    if (images.sourcesOf({ albumId: album.id }).length > 0) return { giveUp: 'nothing-to-do' };
    const candidates = await client().searchReleases({ artist, title: album.title }, signal);
    const found = candidates.find((candidate) =>
      [candidate.credit, ...candidate.artists].some((name) =>
        believableMatch({ artist, title: album.title }, { artist: name, title: candidate.title }),
      ),
    );
    if (!found) return { giveUp: 'no-match' };
    return {
      keep() {
        facts.fillAlbum(album.id, { mbid: found.mbid, year: found.year });
        queue.add([{ kind: 'cover-art', subject: task.subject, upstream: 'musicbrainz', priority: task.priority + 1 }]);
      },
    };
  },
});

export const coverArt = ({ facts, images, client }: Needs): EnrichmentTask => ({
  kind: 'cover-art',
  async run(task, signal) {
    const album = facts.album(subjectId(task));
    if (!album?.mbid) return { giveUp: 'gone' };
    const cover = await client().frontCover('release', album.mbid, signal);
    if (!cover) return { giveUp: 'not-found' };
    return { keep: () => images.add({ url: cover.url, source: 'coverartarchive', owner: { albumId: album.id } }) };
  },
});
