import { authorizeDiscogs, connectDiscogs } from '#shared/api/discogs.ts';
import { authorizeLastfm, connectLastfm } from '#shared/api/lastfm.ts';
import type { AccountId } from '#shared/upstreams/registry.ts';
import { api } from '$lib/library/index.ts';
import type { IconName } from '$lib/ui/icons.ts';

/** How an account of a service is connected: on a page of the service's own, which leads back here. */
interface Account {
  icon: IconName;
  /** @returns the page on which the person gives permission. @param callback the address it leads back to. */
  authorize: (callback: string) => Promise<{ url: string }>;
  /** @returns the account's name; undefined where the address that the page led back to holds no permission. */
  complete: (query: URLSearchParams) => Promise<string | undefined>;
}

/** Each service has an operation of its own for either end. */
export const accounts: Readonly<Record<AccountId, Account>> = {
  lastfm: {
    icon: 'heart',
    authorize: (callback) => api(authorizeLastfm, { query: { callback } }),
    async complete(query) {
      const token = query.get('token');
      return token ? (await api(connectLastfm, { body: { token } })).name : undefined;
    },
  },
  discogs: {
    icon: 'key',
    authorize: (callback) => api(authorizeDiscogs, { body: { callback } }),
    async complete(query) {
      const [oauthToken, oauthVerifier] = [query.get('oauth_token'), query.get('oauth_verifier')];
      if (!oauthToken || !oauthVerifier) return undefined;
      return (await api(connectDiscogs, { body: { oauthToken, oauthVerifier } })).username;
    },
  },
};

export const isAccountId = (id: string): id is AccountId => Object.hasOwn(accounts, id);
