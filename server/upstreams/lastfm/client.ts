import type { SetAside } from '../../kit/http/setAside.ts';
import { isUpstreamError, type UpstreamError } from '../../kit/http/upstreamError.ts';
import { upstreamUrl } from '../../kit/http/upstreamUrl.ts';
import type { Redacted } from '../../kit/redacted.ts';
import type { LoveTarget, RecentPlaysSource, ScrobbleTarget } from '../ports.ts';
import { LastfmCaller, type LastfmCall, type LastfmCallerOptions } from './caller.ts';
import { LASTFM, required } from './settings.ts';
import { readLovedTrack, readLovedTracks, readProfile, readSession } from './schema/account.ts';
import { readAlbumInfo, readArtistInfo, type LastfmAlbumInfo, type LastfmArtistInfo } from './schema/info.ts';
import { readPlay, readRecentTracks } from './schema/recentTracks.ts';
import { LARGEST_BATCH, readScrobbles, scrobbleParameters } from './schema/scrobbles.ts';

/** Last.fm, as far as AIME uses it. Whatever goes wrong there comes as an UpstreamError. */
export interface LastfmClient extends RecentPlaysSource, LoveTarget, ScrobbleTarget {
  /** Null when Last.fm does not have the album. */
  albumInfo(artist: string, album: string, signal?: AbortSignal): Promise<LastfmAlbumInfo | null>;
  /** Null when Last.fm does not have the artist. */
  artistInfo(artist: string, signal?: AbortSignal): Promise<LastfmArtistInfo | null>;
  /** Turns the token that came back from `authorizeUrl` into a session. A token can be used once, within an hour. */
  getSession(token: string, signal?: AbortSignal): Promise<{ name: string; key: Redacted }>;
  /** The page on which a person allows the application to act for them; it leads back to `callback` with `?token=`. */
  authorizeUrl(callback: string): URL;
  /** Milliseconds since the epoch until which Last.fm asked to be left alone; 0 when it did not. May be set after a restart. */
  blockedUntil: number;
}

/** The documented most for a page of plays; more is sometimes taken and sometimes not. */
const LARGEST_PAGE = 200;
const LOGIN_REQUIRED = 17;
/** To be raised whenever the reading of plays learns something. */
const READER = 1;

export interface LastfmClientOptions extends LastfmCallerOptions {
  /** Called with entries that could not be read, but for plays and loves, which come with their page. */
  onSetAside?: (list: string, entries: SetAside[]) => void;
}

export function createLastfmClient({ onAttemptFailed, onSetAside, ...options }: LastfmClientOptions): LastfmClient {
  const { settings } = options;
  const canSign = settings.sessionKey !== undefined && settings.apiSecret !== undefined;
  // A public history is read unsigned, so that a revoked session does not stop it; a private one shows itself by error 17.
  // After any failure the next read finds out anew which of the two it is.
  let signReads = false;
  const maybePrivate = (error: unknown) => canSign && isUpstreamError(error) && error.code === LOGIN_REQUIRED;
  const caller = new LastfmCaller({
    ...options,
    onAttemptFailed: (error: UpstreamError) => {
      if (!maybePrivate(error)) onAttemptFailed?.(error);
    },
  });

  async function readOwn(user: string, call: Omit<LastfmCall, 'signed' | 'user'>): Promise<unknown> {
    const whole: LastfmCall = { ...call, user, parameters: { ...call.parameters, user } };
    const signed = signReads;
    try {
      return await caller.call({ ...whole, ...(signed ? { signed: 'session' } : {}) });
    } catch (error) {
      signReads = !signed && maybePrivate(error);
      if (!signReads) throw error;
      return caller.call({ ...whole, signed: 'session' });
    }
  }

  const orNull = async <T>(info: Promise<T>): Promise<T | null> => {
    try {
      return await info;
    } catch (error) {
      if (isUpstreamError(error) && error.kind === 'not-found') return null;
      throw error;
    }
  };

  const reportSetAside = (entries: SetAside[]) => onSetAside?.('info-details', entries);

  const submitLove = async (
    method: string,
    { artist, title }: { artist: string; title: string },
    signal?: AbortSignal,
  ) => {
    await caller.call({
      method,
      parameters: { artist, track: title },
      signed: 'session',
      writes: true,
      subject: `“${title}” by ${artist}`,
      signal,
    });
  };

  return {
    async recentPlays({ from, to, page = 1, limit = LARGEST_PAGE }, signal) {
      const user = required(settings, 'username');
      const parameters = { from, to, page, limit, extended: 1 };
      const body = await readOwn(user, { method: 'user.getRecentTracks', parameters, signal });
      return readRecentTracks(body, { user, page, limit }, (entries) => onSetAside?.('plays-details', entries));
    },

    reader: READER,
    readAgain: readPlay,
    readLoveAgain: readLovedTrack,

    async lovedTracks(page, signal) {
      const user = required(settings, 'username');
      const asked = { user, page, limit: LARGEST_PAGE };
      const body = await readOwn(user, {
        method: 'user.getLovedTracks',
        parameters: { page, limit: LARGEST_PAGE },
        signal,
      });
      return readLovedTracks(body, asked);
    },

    async profile(signal) {
      const user = required(settings, 'username');
      return readProfile(await readOwn(user, { method: 'user.getInfo', parameters: {}, signal }), user);
    },

    love: (track, signal) => submitLove('track.love', track, signal),
    unlove: (track, signal) => submitLove('track.unlove', track, signal),

    albumInfo(artist, album, signal) {
      const call = {
        method: 'album.getInfo',
        parameters: { artist, album, autocorrect: 1 },
        subject: `“${album}” by ${artist}`,
        signal,
      };
      return orNull(caller.call(call).then((body) => readAlbumInfo(body, reportSetAside)));
    },

    artistInfo(artist, signal) {
      const call = { method: 'artist.getInfo', parameters: { artist, autocorrect: 1 }, subject: artist, signal };
      return orNull(caller.call(call).then((body) => readArtistInfo(body, reportSetAside)));
    },

    largestBatch: LARGEST_BATCH,

    async scrobble(plays, signal) {
      if (plays.length === 0) return [];
      if (plays.length > LARGEST_BATCH)
        throw new RangeError(`Last.fm takes ${LARGEST_BATCH} plays at once, not ${plays.length}`);
      const body = await caller.call({
        method: 'track.scrobble',
        parameters: scrobbleParameters(plays),
        signed: 'session',
        writes: true,
        signal,
      });
      return readScrobbles(body, plays.length, (entries) => onSetAside?.('scrobbles', entries));
    },

    async getSession(token, signal) {
      return readSession(
        await caller.call({
          method: 'auth.getSession',
          parameters: { token },
          signed: 'token',
          repeatable: false,
          signal,
        }),
      );
    },

    authorizeUrl(callback) {
      return upstreamUrl(LASTFM, settings.authUrl, '', {
        api_key: required(settings, 'apiKey').reveal(),
        cb: callback,
      });
    },

    get blockedUntil() {
      return caller.blockedUntil;
    },
    set blockedUntil(at) {
      caller.blockedUntil = at;
    },
  };
}
