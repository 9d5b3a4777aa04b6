import * as v from 'valibot';
import type { Config } from '../../config.ts';
import type { LastfmModule } from '../../modules/lastfm.ts';
import { HttpError } from '../httpError.ts';
import { defineRoute } from '../route.ts';
import { SERVICE_ERRORS } from '../routeErrors.ts';
import { TestAnswer } from './testAnswer.ts';

/** Connecting an account at Last.fm. */
export const lastfmRoutes = (lastfm: Pick<LastfmModule, 'client' | 'test'>, config: Config) => {
  const connected = () => {
    const client = lastfm.client();
    if (!client) throw new HttpError({ code: 'lastfm-key-missing' }, { field: 'lastfm.apiKey' });
    return client;
  };
  return [
    defineRoute({
      method: 'post',
      path: '/services/lastfm/test',
      errors: ['lastfm-key-missing'],
      writes: false,
      tag: 'Last.fm',
      summary: 'Ask Last.fm once, with the settings as they are',
      answer: TestAnswer,
      handle: () => lastfm.test(connected()),
    }),
    defineRoute({
      method: 'get',
      path: '/services/lastfm/authorize',
      errors: ['lastfm-key-missing', 'setting-fixed', ...SERVICE_ERRORS],
      tag: 'Last.fm',
      summary: 'The page on which a person allows AIME to love and scrobble for them; it leads back to `callback`',
      query: { callback: v.pipe(v.string(), v.url()) },
      answer: v.object({ url: v.string() }),
      handle({ query }) {
        // Nobody is sent there for a key that could not be kept.
        config.refuseFixed('lastfm.sessionKey');
        return { url: connected().authorizeUrl(query.callback).href };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/services/lastfm/session',
      errors: ['lastfm-key-missing', 'setting-fixed', ...SERVICE_ERRORS],
      tag: 'Last.fm',
      summary: 'Turn the token that came back into a session',
      body: v.object({ token: v.pipe(v.string(), v.minLength(1)) }),
      answer: v.object({ name: v.string() }),
      async handle({ body }) {
        const session = await connected().getSession(body.token);
        config.change({ 'lastfm.sessionKey': session.key.reveal() });
        return { name: session.name };
      },
    }),
  ];
};
