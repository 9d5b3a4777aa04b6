import { randomBytes } from 'node:crypto';
import { coverPicture } from '../catalogue/covers.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../kit/exchange.ts';
import type { Fault, FaultScope } from '../kit/faults.ts';
import { startSimulatorServer } from '../kit/simulatorServer.ts';
import { SimulatedAccount } from './account.ts';
import { errorAnswer, LastfmApiError } from './apiError.ts';
import { readCall } from './call.ts';
import type { LastfmLie } from './lies.ts';
import type { SimulatedLove } from './lovedTracks.ts';
import { answer, type World } from './methods.ts';
import type { SimulatedPlay, SimulatedTrack } from './playHistory.ts';

export interface LastfmSimulatorOptions {
  /** Default: any free port. */
  port?: number;
  apiKey: string;
  secret: string;
  user: string;
  /** In any order. */
  history?: readonly SimulatedPlay[];
  /** Seconds since the epoch. Default: the first play. */
  registeredAt?: number;
  /** A session key that is valid from the start, as if the person had connected before. */
  sessionKey?: string;
  /** The drawn cover of an album ("c22.svg"), which is then served; albums without one get the star. */
  coverOf?: (artist: string, album: string) => string | undefined;
  /** Tracks loved before. */
  loved?: readonly SimulatedLove[];
  /** Milliseconds since the epoch, for stamps of loves and the age of plays. Default: the real time. */
  now?: () => number;
}

/** A fault of any service, or an error in Last.fm's own words: `status` 200 is how it often sends them. */
type LastfmFault = (Fault | ({ kind: 'error'; error: number; message?: string; status?: number } & FaultScope)) & {
  /** Strikes calls of this method only: "user.getRecentTracks". */
  method?: string;
};

/** A simulated Last.fm with one person, to be listened to and put in the way of. */
export interface LastfmSimulator {
  /** For `LASTFM_URL`. */
  readonly url: string;
  /** For `LASTFM_AUTH_URL`: approves at once and leads back with a token. */
  readonly authUrl: string;
  readonly port: number;
  readonly requests: readonly SimulatedRequest[];
  readonly user: string;
  /** Oldest first. */
  readonly plays: readonly SimulatedPlay[];
  /** The latest first. */
  readonly loved: readonly SimulatedLove[];
  readonly nowPlaying: SimulatedTrack | null;
  /** @returns false for a play that is already there. */
  scrobble(play: SimulatedPlay): boolean;
  setNowPlaying(track: SimulatedTrack | null): void;
  /** @returns false when there is no such play. */
  deletePlay(play: SimulatedPlay): boolean;
  /** Corrects the names of a play; its stamp stays. @returns false when there is no such play. */
  correctPlay(play: SimulatedPlay, names: Partial<SimulatedTrack>): boolean;
  love(artist: string, title: string): void;
  unlove(artist: string, title: string): void;
  setPrivate(isPrivate: boolean): void;
  /** From now on the person has this name; the old one is unknown. */
  renameUser(user: string): void;
  /** States another user in the answers, as the real one was seen to do; null ends it. */
  answerAs(user: string | null): void;
  /** Asked before each answer about recent plays how that one lies; null for the truth. */
  lie(next: () => LastfmLie | null): void;
  /** A token as the approval page gives out. */
  issueToken(state?: { approved?: boolean; expired?: boolean }): string;
  /** Ends every session: signed calls get error 9. */
  revokeSessions(): void;
  fault(fault: LastfmFault): void;
  clearFaults(): void;
  close(): Promise<void>;
}

const API_PATH = '/2.0/';
const AUTH_PATH = '/api/auth/';
const PICTURE_PATH = /^\/i\/u\/(34|64|174|300)(?:s|x300)\/(c\d\d)\.jpg$/;

/** Starts a simulated Last.fm on loopback. */
export async function startLastfmSimulator(options: LastfmSimulatorOptions): Promise<LastfmSimulator> {
  const { apiKey, secret, now = Date.now } = options;
  const account = new SimulatedAccount(options.user, options.history ?? [], options.registeredAt);
  if (options.sessionKey) account.sessions.add(options.sessionKey);
  for (const love of options.loved ?? []) account.loved.love(love);
  const seconds = () => Math.floor(now() / 1000);
  const world: World = {
    account,
    now: seconds,
    newSessionKey: () => randomBytes(16).toString('hex'),
    coverOf(artist, album) {
      const cover = options.coverOf?.(artist, album);
      return cover === undefined ? undefined : (size) => `${server.url}/i/u/${size}/${cover.replace('.svg', '.jpg')}`;
    },
  };

  const issueToken = ({ approved = true, expired = false } = {}) => {
    const token = randomBytes(16).toString('hex');
    account.tokens.set(token, { approved, expired });
    return token;
  };

  const approve = ({ query }: SimulatedRequest): SimulatedAnswer => {
    const callback = query.get('cb') ?? '';
    if (query.get('api_key') !== apiKey) return { status: 403, text: 'Invalid API key' };
    if (!URL.canParse(callback)) return { status: 400, text: 'Where to go back to?' };
    const back = new URL(callback);
    back.searchParams.set('token', issueToken());
    return { status: 302, headers: { location: back.href } };
  };

  const server = await startSimulatorServer({
    port: options.port ?? 0,
    handle(request) {
      if (request.path === AUTH_PATH) return approve(request);
      const picture = PICTURE_PATH.exec(request.path);
      if (picture) return pictureAnswer(`${picture[2]}.svg`, Number(picture[1]));
      if (request.path !== API_PATH) return { status: 404, text: 'Not found' };
      try {
        return { json: answer(readCall(request, apiKey, secret), world) };
      } catch (error) {
        if (error instanceof LastfmApiError) return errorAnswer(error.code, error.message);
        throw error;
      }
    },
  });

  return {
    url: server.url + API_PATH,
    authUrl: server.url + AUTH_PATH,
    port: server.port,
    requests: server.requests,
    get user() {
      return account.user;
    },
    get plays() {
      return account.history.all;
    },
    get loved() {
      return account.loved.all;
    },
    get nowPlaying() {
      return account.nowPlaying;
    },
    scrobble: (play) => account.history.add(play),
    setNowPlaying: (track) => void (account.nowPlaying = track),
    deletePlay: (play) => account.history.remove(play),
    correctPlay: (play, names) => account.history.correct(play, names),
    love: (artist, title) => account.loved.love({ artist, title, lovedAt: seconds() }),
    unlove: (artist, title) => account.loved.unlove(artist, title),
    setPrivate: (isPrivate) => void (account.isPrivate = isPrivate),
    renameUser: (user) => void (account.user = user),
    answerAs: (user) => void (account.answersAs = user),
    lie: (next) => void (account.nextLie = next),
    issueToken,
    revokeSessions: () => account.sessions.clear(),
    fault: (fault) => server.fault(asFault(fault)),
    clearFaults: () => server.clearFaults(),
    close: () => server.close(),
  };
}

async function pictureAnswer(cover: string, pixels: number): Promise<SimulatedAnswer> {
  return { headers: { 'content-type': 'image/jpeg' }, bytes: await coverPicture(cover, pixels) };
}

function asFault(fault: LastfmFault): Fault {
  const { method, when, times } = fault;
  const calls = ({ query, form }: SimulatedRequest) => (query.get('method') ?? form.get('method'))?.toLowerCase();
  const scope: FaultScope = {
    times,
    when: (request) => (method === undefined || calls(request) === method.toLowerCase()) && (when?.(request) ?? true),
  };
  if (fault.kind !== 'error') return { ...fault, ...scope };
  const said = errorAnswer(fault.error, fault.message, fault.status);
  return { kind: 'rewrite', rewrite: () => said, ...scope };
}
