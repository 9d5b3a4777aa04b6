import type { CatalogueRecord } from '../catalogue/record.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../kit/exchange.ts';
import type { Fault } from '../kit/faults.ts';
import { PictureShelf } from '../kit/pictures.ts';
import { RateWindow } from '../kit/rateWindow.ts';
import { startSimulatorServer } from '../kit/simulatorServer.ts';
import { type Caller, Doorkeeper, Refusal } from './auth.ts';
import type { SimulatedCopy, SimulatedRelease, SimulatedWant } from './release.ts';
import { resource } from './resources.ts';
import { type CopyChange, Shelf } from './shelf.ts';

export interface DiscogsSimulatorOptions {
  /** Default: any free port. */
  port?: number;
  /** Default "collector". */
  username?: string;
  token?: string;
  consumerKey?: string;
  consumerSecret?: string;
  /** Records that are on the shelf, in the support they name: `shelf` of the catalogue. A few are there twice. */
  owned?: readonly CatalogueRecord[];
  /** Further releases on it, invented, odd ones among them. Default 0. */
  releases?: number;
  /** Releases on the wantlist. Default 0. */
  wants?: number;
  /** Authenticated requests in a moving minute. Default 60, as the real one; unauthenticated ones get 25 of 60. */
  requestsPerMinute?: number;
  /** Sent with a 429. Default: no such header, as reported. */
  retryAfterSeconds?: number;
  /** Milliseconds since the epoch. Default: the real time. */
  now?: () => number;
}

/** A simulated Discogs with one collector. */
export interface DiscogsSimulator {
  /** For `DISCOGS_URL`. */
  readonly url: string;
  /** For `DISCOGS_AUTHORIZE_URL`: agrees at once and leads back. */
  readonly authorizeUrl: string;
  readonly port: number;
  readonly requests: readonly SimulatedRequest[];
  readonly username: string;
  readonly token: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** In no order. */
  readonly copies: readonly SimulatedCopy[];
  readonly wants: readonly SimulatedWant[];
  release(id: number): SimulatedRelease;
  /** Pictures at this simulator's own address, `hostile` ones too. */
  readonly pictures: PictureShelf;
  /** Buys a copy: of `releaseId`, or of a new release. */
  add(what?: { releaseId?: number; artist?: string; title?: string } & CopyChange): SimulatedCopy;
  /** @returns false when there is no such copy. */
  sell(instanceId: number): boolean;
  /** Changes a copy or its release. @returns false when there is no such copy. */
  edit(instanceId: number, change: CopyChange): boolean;
  want(releaseId: number): void;
  /** The account has another name from now on; with another number it is another account. */
  rename(username: string, userId?: number): void;
  issueAccessToken(): { token: string; secret: string };
  /** Takes back what was given by OAuth. */
  revokeAccess(): void;
  /** Requests for this path or below it: "/releases/1400001". */
  asked(path: string): SimulatedRequest[];
  fault(fault: Fault): void;
  clearFaults(): void;
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
const UNAUTHENTICATED_SHARE = 25 / 60;

/** Starts a simulated Discogs on loopback. */
export async function startDiscogsSimulator(options: DiscogsSimulatorOptions = {}): Promise<DiscogsSimulator> {
  const { now = Date.now, requestsPerMinute = 60 } = options;
  let person = { username: options.username ?? 'collector', userId: 4711 };
  const {
    token = 'discogs-personal-token',
    consumerKey = 'discogs-key',
    consumerSecret = 'discogs-consumer-secret',
  } = options;
  const doorkeeper = new Doorkeeper({ token, consumerKey, consumerSecret }, now);
  const windows: Record<'known' | 'nobody', RateWindow> = {
    known: new RateWindow(requestsPerMinute, MINUTE_MS, now),
    nobody: new RateWindow(Math.max(1, Math.floor(requestsPerMinute * UNAUTHENTICATED_SHARE)), MINUTE_MS, now),
  };
  const pictures = new PictureShelf();

  function limited(caller: Caller): { headers: Record<string, string>; refused: SimulatedAnswer | null } {
    const window = windows[caller === 'nobody' ? 'nobody' : 'known'];
    const { allowed, used, remaining } = window.take();
    const headers = {
      'x-discogs-ratelimit': String(window.limit),
      'x-discogs-ratelimit-used': String(used),
      'x-discogs-ratelimit-remaining': String(remaining),
    };
    if (allowed) return { headers, refused: null };
    const rateHeaders = {
      ...headers,
      ...(options.retryAfterSeconds !== undefined && { 'retry-after': String(options.retryAfterSeconds) }),
    };
    return {
      headers,
      refused: { status: 429, headers: rateHeaders, json: { message: 'You are making requests too quickly.' } },
    };
  }

  function answer(request: SimulatedRequest): SimulatedAnswer {
    const agent = request.headers['user-agent'] ?? '';
    // A client that does not name itself is left without a word.
    if (agent === '' || agent === 'node' || agent === 'undici') return { status: 403 };
    try {
      if (request.path === '/oauth/request_token') return doorkeeper.requestToken(request);
      if (request.path === '/oauth/access_token' && request.method === 'POST') return doorkeeper.accessToken(request);
      const caller = doorkeeper.callerOf(request);
      const { headers, refused } = limited(caller);
      return (
        refused ?? { ...withRefusals(() => resource(request, caller, { shelf, ...person, base: server.url })), headers }
      );
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }

  const server = await startSimulatorServer({
    port: options.port ?? 0,
    async handle(request) {
      if (request.path === '/oauth/authorize') return doorkeeper.authorize(request);
      return (await pictures.answer(request)) ?? answer(request);
    },
  });
  pictures.opensAt(server.url);
  const shelf = new Shelf(pictures, options.owned ?? [], options.releases ?? 0, options.wants ?? 0);

  return {
    url: server.url,
    authorizeUrl: `${server.url}/oauth/authorize`,
    port: server.port,
    requests: server.requests,
    get username() {
      return person.username;
    },
    token,
    consumerKey,
    consumerSecret,
    get copies() {
      return shelf.copies;
    },
    wants: shelf.wants,
    release: (id) => shelf.releaseOf({ releaseId: id }),
    pictures,
    add: (what) => shelf.add(what),
    sell: (instanceId) => shelf.sell(instanceId),
    edit: (instanceId, change) => shelf.edit(instanceId, change),
    want: (releaseId) => shelf.want(releaseId),
    rename: (username, userId = person.userId) => void (person = { username, userId }),
    issueAccessToken: () => doorkeeper.issueAccessToken(),
    revokeAccess: () => doorkeeper.revoke(),
    asked: (path) => server.requests.filter((request) => request.path === path || request.path.startsWith(`${path}/`)),
    fault: (fault) => server.fault(fault),
    clearFaults: () => server.clearFaults(),
    close: () => server.close(),
  };
}

/** A refusal as an ordinary answer, so that it too carries the rate's headers. */
function withRefusals(make: () => SimulatedAnswer): SimulatedAnswer {
  try {
    return make();
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}
