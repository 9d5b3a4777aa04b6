import { randomBytes } from 'node:crypto';
import type { SimulatedAnswer, SimulatedRequest } from '../kit/exchange.ts';

export interface DiscogsCredentials {
  /** The person's own token. */
  token: string;
  consumerKey: string;
  consumerSecret: string;
}

/** `user` may see everything, `app` the catalogue with pictures, `nobody` the catalogue without. */
export type Caller = 'user' | 'app' | 'nobody';

const TIMESTAMP_TOLERANCE_S = 300;

/** An answer that refuses. */
export class Refusal extends Error {
  readonly answer: SimulatedAnswer;
  constructor(status: number, message: string) {
    super(message);
    this.answer = { status, json: { message } };
  }
}

const badSignature = () => new Refusal(401, 'Invalid signature. Please check your consumer secret and token secret.');

/** Verifies who asks: personal token, the application's key, or OAuth 1.0a with its dance. */
export class Doorkeeper {
  readonly #credentials: DiscogsCredentials;
  readonly #now: () => number;
  readonly #nonces = new Set<string>();
  readonly #requestTokens = new Map<string, { secret: string; callback: string; verifier: string | null }>();
  readonly #accessTokens = new Map<string, string>();

  constructor(credentials: DiscogsCredentials, now: () => number) {
    this.#credentials = credentials;
    this.#now = now;
  }

  /** @throws Refusal when there are credentials and they are wrong. */
  callerOf(request: SimulatedRequest): Caller {
    const header = request.headers['authorization'];
    if (header === undefined) return 'nobody';
    const { token, consumerKey, consumerSecret } = this.#credentials;
    if (header === `Discogs token=${token}`) return 'user';
    if (header === `Discogs key=${consumerKey}, secret=${consumerSecret}`) return 'app';
    if (!header.startsWith('OAuth '))
      throw new Refusal(401, 'Invalid consumer token. Please register an app before making requests.');
    const fields = oauthFields(header);
    this.#verify(fields, this.#accessTokens.get(fields.get('oauth_token') ?? ''));
    return 'user';
  }

  /** A token as if the person had let the application in before. */
  issueAccessToken(): { token: string; secret: string } {
    const [token, secret] = [randomBytes(20).toString('hex'), randomBytes(20).toString('hex')];
    this.#accessTokens.set(token, secret);
    return { token, secret };
  }

  /** The person takes back every permission. */
  revoke(): void {
    this.#accessTokens.clear();
  }

  requestToken(request: SimulatedRequest): SimulatedAnswer {
    const fields = oauthFields(request.headers['authorization'] ?? '');
    this.#verify(fields, '');
    const [token, secret] = [randomBytes(20).toString('hex'), randomBytes(20).toString('hex')];
    this.#requestTokens.set(token, { secret, callback: fields.get('oauth_callback') ?? 'oob', verifier: null });
    return {
      text: new URLSearchParams({
        oauth_token: token,
        oauth_token_secret: secret,
        oauth_callback_confirmed: 'true',
      }).toString(),
    };
  }

  /** The page where a person agrees: here they do so at once. */
  authorize(request: SimulatedRequest): SimulatedAnswer {
    const token = request.query.get('oauth_token') ?? '';
    const waiting = this.#requestTokens.get(token);
    if (!waiting) return { status: 400, text: 'This request has expired' };
    waiting.verifier = randomBytes(5).toString('hex');
    if (waiting.callback === 'oob') return { text: waiting.verifier };
    const back = new URL(waiting.callback);
    back.searchParams.set('oauth_token', token);
    back.searchParams.set('oauth_verifier', waiting.verifier);
    return { status: 302, headers: { location: back.href } };
  }

  accessToken(request: SimulatedRequest): SimulatedAnswer {
    const fields = oauthFields(request.headers['authorization'] ?? '');
    const token = fields.get('oauth_token') ?? '';
    const waiting = this.#requestTokens.get(token);
    this.#verify(fields, waiting?.secret);
    if (!waiting?.verifier || fields.get('oauth_verifier') !== waiting.verifier)
      throw new Refusal(401, 'Invalid verifier.');
    this.#requestTokens.delete(token);
    const issued = this.issueAccessToken();
    return { text: new URLSearchParams({ oauth_token: issued.token, oauth_token_secret: issued.secret }).toString() };
  }

  #verify(fields: Map<string, string>, tokenSecret: string | undefined): void {
    const { consumerKey, consumerSecret } = this.#credentials;
    if (fields.get('oauth_consumer_key') !== consumerKey)
      throw new Refusal(401, 'Invalid consumer. Please register an app.');
    if (tokenSecret === undefined) throw new Refusal(401, 'Invalid token.');
    if (fields.get('oauth_signature_method') !== 'PLAINTEXT') throw badSignature();
    if (fields.get('oauth_signature') !== `${encodeURIComponent(consumerSecret)}&${encodeURIComponent(tokenSecret)}`)
      throw badSignature();
    const age = Math.abs(this.#now() / 1000 - Number(fields.get('oauth_timestamp')));
    if (!(age <= TIMESTAMP_TOLERANCE_S)) throw new Refusal(401, 'Expired timestamp.');
    const nonce = fields.get('oauth_nonce') ?? '';
    if (nonce === '' || this.#nonces.has(nonce)) throw new Refusal(401, 'Nonce already used.');
    this.#nonces.add(nonce);
  }
}

/** The fields of `OAuth a="b", c="d"`, decoded. */
function oauthFields(header: string): Map<string, string> {
  if (!header.startsWith('OAuth ')) throw new Refusal(401, 'OAuth authentication is required.');
  return new Map(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name!, decodeURIComponent(value!)]),
  );
}
