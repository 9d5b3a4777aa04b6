import { getMusicBrainzRelease, searchMusicBrainz } from '#shared/api/musicbrainz.ts';
import type { MusicBrainzClient } from '../../upstreams/musicbrainz/index.ts';
import { route } from '../route.ts';

/** Records that the library does not have, to log them: MusicBrainz needs no key. @param client the one that keeps to its rate. */
export const musicBrainzRoutes = (client: () => MusicBrainzClient) => [
  route(searchMusicBrainz, async ({ query }) => {
    const found = await client().searchReleases({ title: query.title, artist: query.artist ?? '' });
    return { items: found.map(({ mbid, title, credit, year }) => ({ mbid, title, artist: credit, year })) };
  }),
  route(getMusicBrainzRelease, async ({ params }) => ({ tracks: await client().releaseTracks(params.mbid) })),
];
