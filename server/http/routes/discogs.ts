import {
  authorizeDiscogs,
  cancelDiscogsImport,
  connectDiscogs,
  getDiscogsImport,
  getDiscogsRelease,
  searchDiscogs,
  startDiscogsImport,
  stopDiscogsImport,
  testDiscogs,
} from '#shared/api/discogs.ts';
import { displayName } from '#shared/matching/identity.ts';
import { isUpstreamError } from '../../kit/http/upstreamError.ts';
import type { DiscogsModule } from '../../modules/discogs.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { route } from '../route.ts';

export const discogsRoutes = (discogs: Pick<DiscogsModule, 'client' | 'collection' | 'account' | 'test'>) => {
  const { collection, account } = discogs;
  const connected = () => {
    const client = discogs.client();
    if (!client) throw new HttpError({ code: 'discogs-not-connected' });
    return client;
  };
  return [
    route(getDiscogsImport, () => collection.status()),
    route(startDiscogsImport, () => {
      connected();
      return collection.start();
    }),
    route(stopDiscogsImport, () => collection.cancel()),
    route(cancelDiscogsImport, () => collection.cancel()),
    route(testDiscogs, () => discogs.test()),
    route(authorizeDiscogs, async ({ body }) => {
      if (!account.hasConsumer)
        throw new HttpError({ code: 'discogs-consumer-missing' }, { field: 'discogs.consumerKey' });
      return { url: await account.authorize(body.callback) };
    }),
    route(connectDiscogs, async ({ body }) => {
      const isConnected = await account.connect(body);
      if (!isConnected) throw new HttpError({ code: 'connection-too-old' }, { field: 'oauthToken' });
      return { username: (await connected().identity()).username };
    }),
    route(getDiscogsRelease, async ({ params }) => {
      const { id, masterId, title, year, support, artists, tracklist } = await connected()
        .release(params.id)
        .catch((error: unknown) => {
          // The caller named it: here it is what was asked for that is not there.
          throw isUpstreamError(error) && error.kind === 'not-found'
            ? new HttpError({ code: 'unknown-release', params: { id: params.id } }, { message: error.message })
            : error;
        });
      const named = tracklist.flatMap((entry) =>
        entry.subTracks.length > 0 && entry.title === '' ? entry.subTracks : [entry],
      );
      return {
        id,
        masterId,
        title,
        year,
        support,
        artists: artists.map(({ name }) => displayName(name)),
        tracks: named.filter(({ kind, title }) => kind !== 'heading' && title !== '').map((entry) => entry.title),
      };
    }),
    route(searchDiscogs, async ({ query }) => {
      if (connected().authKind === null) throw new HttpError({ code: 'discogs-token-needed' });
      if (query.barcode) return { items: await connected().searchBarcode(query.barcode) };
      if (query.q) return { items: await connected().search({ query: query.q }) };
      throw new HttpError({ code: 'nothing-to-look-for' }, { field: 'q' });
    }),
  ];
};
