import { authorizeLastfm, connectLastfm, testLastfm } from '#shared/api/lastfm.ts';
import type { Config } from '../../config.ts';
import type { LastfmModule } from '../../modules/lastfm.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { route } from '../route.ts';

/** Connecting an account at Last.fm. */
export const lastfmRoutes = (lastfm: Pick<LastfmModule, 'client' | 'test'>, config: Config) => {
  const connected = () => {
    const client = lastfm.client();
    if (!client) throw new HttpError({ code: 'lastfm-key-missing' }, { field: 'lastfm.apiKey' });
    return client;
  };
  return [
    route(testLastfm, () => lastfm.test(connected())),
    route(authorizeLastfm, ({ query }) => {
      // Nobody is sent there for a key that could not be stored.
      config.refuseFixed('lastfm.sessionKey');
      return { url: connected().authorizeUrl(query.callback).href };
    }),
    route(connectLastfm, async ({ body }) => {
      const session = await connected().getSession(body.token);
      config.change({ 'lastfm.sessionKey': session.key.reveal() });
      return { name: session.name };
    }),
  ];
};
