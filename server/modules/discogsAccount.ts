import type { Config } from '../config.ts';
import type { DiscogsClient, OAuthToken } from '../upstreams/discogs/index.ts';

/** So many people are on their way to Discogs and back at a time; beyond that the earlier ones begin again. */
const MOST_PENDING = 20;

/** Connects a person's account by OAuth 1.0a. Request tokens that wait for the person's consent are held in memory: a restart ends them. */
export class DiscogsAccount {
  readonly #config: Config;
  readonly #client: () => DiscogsClient;
  /** By their text. */
  readonly #pending = new Map<string, OAuthToken>();

  /** @param client the one for the settings as they are, whether it can read anything or not. */
  constructor(config: Config, client: () => DiscogsClient) {
    this.#config = config;
    this.#client = client;
  }

  /** Whether the settings name the consumer on whose behalf a person is asked. */
  get hasConsumer(): boolean {
    return Boolean(this.#config.get('discogs.consumerKey') && this.#config.get('discogs.consumerSecret'));
  }

  /** @returns the page where the person agrees, which leads back to `callback`. @throws ConfigError when the settings could not keep what comes of it. */
  async authorize(callback: string): Promise<string> {
    // Nobody is sent there for a token that could not be stored.
    for (const key of ['discogs.oauthToken', 'discogs.oauthTokenSecret'] as const) this.#config.refuseFixed(key);
    const client = this.#client();
    const token = await client.requestToken(callback);
    if (this.#pending.size > MOST_PENDING) this.#pending.clear();
    this.#pending.set(token.token.reveal(), token);
    return client.authorizeUrl(token);
  }

  /** Writes the access token for what came back into the settings. @returns false when nobody is waited for by this token any more. */
  async connect({ oauthToken, oauthVerifier }: { oauthToken: string; oauthVerifier: string }): Promise<boolean> {
    const request = this.#pending.get(oauthToken);
    if (!request) return false;
    const access = await this.#client().accessToken(request, oauthVerifier);
    this.#pending.delete(oauthToken);
    this.#config.change({
      'discogs.oauthToken': access.token.reveal(),
      'discogs.oauthTokenSecret': access.secret.reveal(),
    });
    return true;
  }
}
