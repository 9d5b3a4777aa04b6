import { randomBytes } from 'node:crypto';
import type { Knowledge } from '../catalogue/lookup.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../kit/exchange.ts';
import type { Fault } from '../kit/faults.ts';
import { PictureShelf } from '../kit/pictures.ts';
import { RateWindow } from '../kit/rateWindow.ts';
import { startSimulatorServer } from '../kit/simulatorServer.ts';
import { search, webError } from './search.ts';

export interface SpotifySimulatorOptions {
  /** Default: any free port. */
  port?: number;
  clientId?: string;
  clientSecret?: string;
  /** Default: everything it is asked for. */
  knows?: Knowledge;
  /** How long a token lasts. Default 3600. */
  tokenSeconds?: number;
  /** Default 300; Spotify publishes no number. */
  requestsPerHalfMinute?: number;
  /** Milliseconds since the epoch. Default: the real time. */
  now?: () => number;
}

/** A simulated Spotify, for one application in development mode. */
export interface SpotifySimulator {
  /** For `SPOTIFY_API_URL`. */
  readonly apiUrl: string;
  /** For `SPOTIFY_ACCOUNTS_URL`. */
  readonly accountsUrl: string;
  readonly port: number;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly requests: readonly SimulatedRequest[];
  /** Searches that were asked for: `album artist:"…" album:"…"`. */
  readonly searches: string[];
  readonly pictures: PictureShelf;
  /** From now on every token given so far is refused. */
  expireTokens(): void;
  /** Whether the application's owner pays. */
  setPremium(pays: boolean): void;
  fault(fault: Fault): void;
  clearFaults(): void;
  close(): Promise<void>;
}

const NO_PREMIUM =
  'Active premium subscription required for the owner of the app. When the subscription status changes, it can take a few hours before requests are allowed again.';

/** The developer's quota is used up: 429 with a reason. */
export const QUOTA_EXCEEDED: Fault = {
  kind: 'status',
  status: 429,
  body: JSON.stringify({ error: { status: 429, message: 'Too many requests', reason: 'QUOTA_EXCEEDED' } }),
};

/** Starts a simulated Spotify on loopback. */
export async function startSpotifySimulator(options: SpotifySimulatorOptions = {}): Promise<SpotifySimulator> {
  const { clientId = 'spotify-client-id', clientSecret = 'spotify-client-secret', knows = 'everything' } = options;
  const { now = Date.now, tokenSeconds = 3600 } = options;
  const window = new RateWindow(options.requestsPerHalfMinute ?? 300, 30_000, now);
  const expectedBasic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const tokens = new Map<string, number>();
  const pictures = new PictureShelf();
  let pays = true;

  function giveToken(request: SimulatedRequest): SimulatedAnswer {
    const refuse = (error: string, description: string) => ({
      status: 400,
      json: { error, error_description: description },
    });
    if (request.headers['authorization'] !== expectedBasic) return refuse('invalid_client', 'Invalid client secret');
    if (request.form.get('grant_type') !== 'client_credentials')
      return refuse('unsupported_grant_type', 'grant_type parameter is missing');
    const token = randomBytes(32).toString('base64url');
    tokens.set(token, now() + tokenSeconds * 1000);
    return { json: { access_token: token, token_type: 'Bearer', expires_in: tokenSeconds } };
  }

  function web(request: SimulatedRequest): SimulatedAnswer {
    const token = /^Bearer (.+)$/.exec(request.headers['authorization'] ?? '')?.[1];
    if (token === undefined) return webError(401, 'No token provided');
    const expiresAt = tokens.get(token);
    if (expiresAt === undefined) return webError(401, 'Invalid access token');
    if (expiresAt <= now()) return webError(401, 'The access token expired');
    if (!window.take().allowed) return { ...webError(429, 'API rate limit exceeded'), headers: { 'retry-after': '7' } };
    if (!pays) return { status: 403, text: NO_PREMIUM };
    if (request.path === '/v1/search') return search(request, knows, pictures);
    return webError(403, 'Forbidden');
  }

  const server = await startSimulatorServer({
    port: options.port ?? 0,
    async handle(request) {
      if (request.path === '/api/token' && request.method === 'POST') return giveToken(request);
      if (request.path.startsWith('/v1/')) return web(request);
      return (await pictures.answer(request)) ?? { status: 404, text: 'Not found' };
    },
  });
  pictures.opensAt(server.url);

  return {
    apiUrl: `${server.url}/v1`,
    accountsUrl: server.url,
    port: server.port,
    clientId,
    clientSecret,
    requests: server.requests,
    get searches() {
      return server.requests
        .filter(({ path }) => path === '/v1/search')
        .map(({ query }) => `${query.get('type')} ${query.get('q')}`);
    },
    pictures,
    expireTokens: () => tokens.forEach((_expiresAt, token) => tokens.set(token, 0)),
    setPremium: (does) => void (pays = does),
    fault: (fault) => server.fault(fault),
    clearFaults: () => server.clearFaults(),
    close: () => server.close(),
  };
}
