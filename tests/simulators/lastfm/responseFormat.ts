import type { SimulatedPlay, SimulatedTrack } from './playHistory.ts';
import type { SimulatedLove } from './lovedTracks.ts';

/** Last.fm's JSON as it is: made from XML, all values text, a list of one an object. */

const STAR = '2a96cbd8b46e442fc41c2b86b821562f';
const SIZES = { small: '34s', medium: '64s', large: '174s', extralarge: '300x300' };

/** Address of a picture in one size, named as Last.fm names sizes: "174s", "300x300". */
export type PictureAddress = (size: string) => string;

const star: PictureAddress = (size) => `https://lastfm.freetls.fastly.net/i/u/${size}/${STAR}.png`;

/** A picture in each size, the star without one; "blank" leaves the addresses empty. */
export const pictures = (address: PictureAddress | 'blank' = star) =>
  Object.entries(SIZES).map(([size, segment]) => ({ size, '#text': address === 'blank' ? '' : address(segment) }));

const part = (name: string) => encodeURIComponent(name).replaceAll('%20', '+');
export const artistUrl = (artist: string) => `https://www.last.fm/music/${part(artist)}`;
export const albumUrl = (artist: string, album: string) => `${artistUrl(artist)}/${part(album)}`;
const trackUrl = (artist: string, title: string) => `${artistUrl(artist)}/_/${part(title)}`;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "22 Nov 2026, 16:04": UTC, without seconds, as the real one. */
function stamp(seconds: number) {
  const at = new Date(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  return { uts: String(seconds), '#text': `${day}, ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}` };
}

interface EntryOptions {
  extended: boolean;
  loved: boolean;
  cover: PictureAddress | undefined;
}

function trackEntry(track: SimulatedTrack, { extended, loved, cover }: EntryOptions) {
  const mbid = track.artistMbid ?? '';
  return {
    artist: extended
      ? { url: artistUrl(track.artist), name: track.artist, image: pictures(), mbid }
      : { mbid, '#text': track.artist },
    streamable: '0',
    image: pictures(cover ?? (track.album === undefined ? 'blank' : undefined)),
    mbid: track.trackMbid ?? '',
    album: { mbid: track.albumMbid ?? '', '#text': track.album ?? '' },
    name: track.title,
    url: trackUrl(track.artist, track.title),
    ...(extended ? { loved: loved ? '1' : '0' } : {}),
  };
}

export const playEntry = (play: SimulatedPlay, options: EntryOptions) => ({
  ...trackEntry(play, options),
  date: stamp(play.playedAt),
});

export const nowPlayingEntry = (track: SimulatedTrack, options: EntryOptions) => ({
  ...trackEntry(track, options),
  '@attr': { nowplaying: 'true' },
});

export const lovedEntry = ({ artist, title, lovedAt }: SimulatedLove) => ({
  artist: { url: artistUrl(artist), name: artist, mbid: '' },
  date: stamp(lovedAt),
  mbid: '',
  url: trackUrl(artist, title),
  name: title,
  image: pictures(),
  streamable: { fulltrack: '0', '#text': '0' },
});

/** One element alone is not in a list. */
export const asXmlList = <T>(entries: T[]): T | T[] => (entries.length === 1 ? entries[0]! : entries);

/** @param total undefined leaves the counts out. */
export const pageAttributes = (user: string, page: number, perPage: number, total: number | undefined) => ({
  user,
  page: String(page),
  perPage: String(perPage),
  ...(total !== undefined && { total: String(total), totalPages: String(Math.ceil(total / perPage)) }),
});
