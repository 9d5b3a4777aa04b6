import type { SimulatedAccount } from './account.ts';
import { LastfmApiError } from './apiError.ts';
import { text, whole, type Call } from './call.ts';
import { countedBy, listedBy, windowOf } from './lies.ts';
import { scrobble } from './scrobbleMethod.ts';
import * as format from './responseFormat.ts';

/** What the methods work on. */
export interface World {
  account: SimulatedAccount;
  /** Seconds since the epoch. */
  now: () => number;
  /** Where an album's cover is; undefined for the star. */
  coverOf: (artist: string, album: string) => format.PictureAddress | undefined;
  newSessionKey: () => string;
}

type Method = (call: Call, world: World) => unknown;

const LARGEST_PAGE = 200;

function paging(call: Call) {
  const page = whole(call, 'page') ?? 1;
  if (page < 1 || page > 1_000_000) throw new LastfmApiError(6, 'page param out of bounds (1-1000000)');
  return { page, limit: Math.min(Math.max(whole(call, 'limit') ?? 50, 1), LARGEST_PAGE) };
}

function knownUser(call: Call, { account }: World): void {
  if (!account.is(text(call, 'user'))) throw new LastfmApiError(6, 'User not found');
}

/** The session that a signed call carries. */
function signedIn(call: Call, { account }: World): void {
  if (!call.signed) throw new LastfmApiError(13);
  if (!account.sessions.has(text(call, 'sk'))) throw new LastfmApiError(9);
}

function posted(call: Call): void {
  if (!call.posted) throw new LastfmApiError(6, 'This method requires a POST request');
}

const recentTracks: Method = (call, world) => {
  const { account, coverOf } = world;
  const { page, limit } = paging(call);
  knownUser(call, world);
  if (account.isPrivate) {
    if (!call.signed || call.parameters.sk === undefined) throw new LastfmApiError(17);
    signedIn(call, world);
  }
  const extended = call.parameters.extended === '1';
  const lie = account.nextLie();
  const { plays: there, total: inAll } = account.history.page(
    windowOf(lie, { from: whole(call, 'from'), to: whole(call, 'to'), page, limit }),
  );
  const plays = listedBy(lie, there);
  const total = countedBy(lie, inAll, plays.length, account.liesServed);
  account.liesServed += Number(lie !== null);
  const options = ({ artist, title, album }: { artist: string; title: string; album?: string }) => ({
    extended,
    loved: account.loved.has(artist, title),
    cover: album === undefined ? undefined : coverOf(artist, album),
  });
  // It comes on top of the limit, on every page and whatever window was asked.
  const sounding = account.nowPlaying ? [format.nowPlayingEntry(account.nowPlaying, options(account.nowPlaying))] : [];
  const track = format.asXmlList<object>([...sounding, ...plays.map((play) => format.playEntry(play, options(play)))]);
  return {
    recenttracks: { track, '@attr': format.pageAttributes(account.answersAs ?? account.user, page, limit, total) },
  };
};

const lovedTracks: Method = (call, world) => {
  const { page, limit } = paging(call);
  knownUser(call, world);
  const { account } = world;
  const all = account.loved.all;
  const track = format.asXmlList(all.slice((page - 1) * limit, page * limit).map(format.lovedEntry));
  return {
    lovedtracks: { track, '@attr': format.pageAttributes(account.answersAs ?? account.user, page, limit, all.length) },
  };
};

const userInfo: Method = (call, world) => {
  knownUser(call, world);
  const { account } = world;
  return {
    user: {
      name: account.answersAs ?? account.user,
      age: '0',
      subscriber: '0',
      realname: '',
      bootstrap: '0',
      playcount: String(account.history.size),
      playlists: '0',
      image: format.pictures('blank'),
      registered: { unixtime: String(account.registeredAt), '#text': account.registeredAt },
      country: 'None',
      gender: 'n',
      url: `https://www.last.fm/user/${account.user}`,
      type: 'user',
    },
  };
};

const albumInfo: Method = (call, { account, coverOf }) => {
  const [artist, album] = [text(call, 'artist'), text(call, 'album')];
  const plays = account.history.all.filter((play) => play.artist === artist && play.album === album);
  const cover = coverOf(artist, album);
  if (plays.length === 0 && cover === undefined) throw new LastfmApiError(6, 'Album not found');
  return {
    album: {
      artist,
      mbid: '',
      tags: '',
      name: album,
      image: format.pictures(cover),
      listeners: '1',
      playcount: String(plays.length),
      url: format.albumUrl(artist, album),
    },
  };
};

const artistInfo: Method = (call, { account }) => {
  const artist = text(call, 'artist');
  const plays = account.history.all.filter((play) => play.artist === artist);
  if (plays.length === 0) throw new LastfmApiError(6, 'The artist you supplied could not be found');
  return {
    artist: {
      name: artist,
      mbid: plays.find((play) => play.artistMbid)?.artistMbid ?? '',
      url: format.artistUrl(artist),
      image: format.pictures(),
      streamable: '0',
      ontour: '0',
      stats: { listeners: '1', playcount: String(plays.length) },
      similar: { artist: [] },
      tags: { tag: [] },
    },
  };
};

const getSession: Method = (call, { account, newSessionKey }) => {
  if (!call.signed) throw new LastfmApiError(13);
  const given = text(call, 'token');
  const token = account.tokens.get(given);
  if (!token) throw new LastfmApiError(4, 'Invalid authentication token supplied');
  if (token.expired) throw new LastfmApiError(15);
  if (!token.approved) throw new LastfmApiError(14);
  account.tokens.delete(given);
  const key = newSessionKey();
  account.sessions.add(key);
  return { session: { subscriber: 0, name: account.user, key } };
};

const love: Method = (call, world) => {
  posted(call);
  signedIn(call, world);
  world.account.loved.love({ artist: text(call, 'artist'), title: text(call, 'track'), lovedAt: world.now() });
  return {};
};

const unlove: Method = (call, world) => {
  posted(call);
  signedIn(call, world);
  world.account.loved.unlove(text(call, 'artist'), text(call, 'track'));
  return {};
};

const METHODS: Record<string, Method> = {
  'user.getrecenttracks': recentTracks,
  'user.getlovedtracks': lovedTracks,
  'user.getinfo': userInfo,
  'album.getinfo': albumInfo,
  'artist.getinfo': artistInfo,
  'auth.getsession': getSession,
  'track.love': love,
  'track.unlove': unlove,
  'track.scrobble': (call, world) => {
    posted(call);
    signedIn(call, world);
    return scrobble(call, world.account.history, world.now());
  },
};

/**
 * Answers a call as Last.fm would.
 * @throws LastfmApiError
 */
export function answer(call: Call, world: World): unknown {
  const method = METHODS[call.method.toLowerCase()];
  if (!method) throw new LastfmApiError(3);
  return method(call, world);
}
