import {
  getEnrichment,
  lookUpAgain,
  pauseLookups,
  resumeLookups,
  testMusicBrainz,
  testSpotify,
  writeAlbumWords,
} from '#shared/api/enrichment.ts';
import type { Library } from '../../library/api/library.ts';
import type { EnrichmentModule } from '../../modules/enrichment/enrichment.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { route } from '../route.ts';

/** What fills gaps: how it goes, and what a person wants of it. */
export const enrichmentRoutes = (enrichment: EnrichmentModule, library: Pick<Library, 'facts'>) => [
  route(getEnrichment, () => enrichment.status()),
  route(writeAlbumWords, ({ params }) => {
    if (!library.facts.album(params.id)) throw new HttpError({ code: 'unknown-album', params: { id: params.id } });
    if (!enrichment.euria.client) throw new HttpError({ code: 'euria-not-connected' });
    const asked = enrichment.euria.share('asked');
    if (asked.waitSeconds() > 0)
      throw new HttpError(
        { code: 'cap-reached', params: { cap: asked.usage().cap } },
        { message: asked.sentence(), retryAfterSeconds: asked.waitSeconds() },
      );
    enrichment.generateAlbumText(params.id);
    return { albumId: params.id };
  }),
  route(testSpotify, () => enrichment.testSpotify()),
  route(testMusicBrainz, () => enrichment.testMusicBrainz()),
  route(pauseLookups, ({ params }) => {
    enrichment.pause(params.service, true);
    return { service: params.service };
  }),
  route(resumeLookups, ({ params }) => {
    enrichment.pause(params.service, false);
    return { service: params.service };
  }),
  route(lookUpAgain, ({ body }) => ({ albums: enrichment.lookUpAgain([...new Set(body.albumIds)]) })),
];
