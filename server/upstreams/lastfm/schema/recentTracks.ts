import * as v from 'valibot';
import { asideOf, entriesRead, refuseMostlyUnreadable, settingAside } from '../../../kit/http/setAside.ts';
import { boundedText, type OnSetAside, parseResponse, record } from '../../../kit/http/responseSchema.ts';
import type { NowPlayingReport, RecentPlaysPage, ReportedPlay } from '../../ports.ts';
import { attributes, extent, refuseOtherUser, type AskedPage } from './page.ts';
import { artist, images, largest, list, name, optionalText, optionalUrl, whole } from './parts.ts';
import { isBlank } from '#shared/text/blank.ts';
import { LASTFM } from '../settings.ts';

/** None is `{"#text": "", mbid: ""}`, "", null or absent. A number or a list is refused: a wrong album is a wrong listen. */
const album = v.nullish(
  v.union([
    v.pipe(
      v.string(),
      v.transform((text) => ({ '#text': text, mbid: undefined })),
    ),
    record({ '#text': v.optional(v.string(), ''), mbid: optionalText }),
  ]),
  '',
);

/** "0" and "1" with `extended=1`; absent or anything else says nothing. */
const loved = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((said) => (said === '1' || said === 1 ? true : said === '0' || said === 0 ? false : undefined)),
  ),
);

const track = {
  name,
  artist,
  album,
  loved,
  mbid: optionalText,
  url: optionalUrl,
  image: images,
};

const marked = record({ '@attr': record({ nowplaying: v.union([v.literal('true'), v.literal(true)]) }) });
const nowPlaying = record(track);
const play = record({ ...track, date: record({ uts: whole }) });

/** It is sounding and has no date; every other entry is a play and must have one. */
const isNowPlaying = (entry: unknown) => v.is(marked, entry);

const recentTracks = v.object({
  recenttracks: v.object({ track: list, '@attr': attributes }),
});

/**
 * Reads an answer to user.getRecentTracks. An entry with a required field missing or mistyped (artist, track, `date.uts` of a
 * play) is set aside. Stamps are given as they are.
 *
 * @param onSetAside called with parts of entries (a picture) that could not be read.
 * @throws UpstreamError `malformed`, also when the page belongs to another user or most of it cannot be read.
 */
export function readRecentTracks(body: unknown, asked: AskedPage, onSetAside?: OnSetAside): RecentPlaysPage {
  const { track: entries, '@attr': said } = parseResponse(LASTFM, recentTracks, body).recenttracks;
  refuseOtherUser(asked.user, said.user);
  const sounding = v.safeParse(nowPlaying, entries.find(isNowPlaying));
  const heard = entries.filter((entry) => !isNowPlaying(entry));
  const {
    value: { read, aside },
    lists,
  } = settingAside(() => entriesRead(play, heard));
  const { parts } = asideOf(lists);
  if (parts.length > 0) onSetAside?.(parts, 'parts');
  refuseMostlyUnreadable(LASTFM, aside, heard.length);
  return {
    user: said.user,
    plays: read.map(({ value, place }) => asPlay(value, heard[place])),
    setAside: aside.map((entry) => ({ ...entry, playedAt: stampOf(entry.raw) })),
    nowPlaying: sounding.success ? asNowPlaying(sounding.output) : null,
    ...extent(said, asked, heard.length, entries.length - heard.length),
  };
}

/** Reads one play again that an earlier version set aside; null when it still cannot be read. */
export function readPlay(raw: unknown): ReportedPlay | null {
  const result = v.safeParse(play, raw);
  return result.success ? asPlay(result.output, raw) : null;
}

const dated = record({ date: record({ uts: whole }) });

/** When an entry that cannot be read was played, if it says so. */
function stampOf(raw: unknown): number | undefined {
  const result = v.safeParse(dated, raw);
  return result.success ? result.output.date.uts : undefined;
}

function asPlay(
  { name: title, artist, album, date, mbid, url, image, loved }: v.InferOutput<typeof play>,
  raw: unknown,
): ReportedPlay {
  return {
    playedAt: date.uts,
    artist: artist.name,
    title,
    album: albumName(album),
    artistMbid: artist.mbid,
    trackMbid: mbid,
    albumMbid: album.mbid,
    loved,
    artistUrl: artist.url ?? artistUrlOf(url),
    trackUrl: url,
    imageUrl: largest(image),
    raw: evidence(raw),
  };
}

function asNowPlaying({
  name: title,
  artist,
  album,
  image,
  loved,
}: v.InferOutput<typeof nowPlaying>): NowPlayingReport {
  return { artist: artist.name, title, album: albumName(album), imageUrl: largest(image), loved };
}

const albumName = ({ '#text': text }: v.InferOutput<typeof album>) => (isBlank(text) ? undefined : boundedText(text));

/** A plain entry has no address of the artist, but the track's begins with it: `…/music/ARTIST/_/TRACK`. */
const artistUrlOf = (trackUrl: string | undefined) =>
  /^(https?:\/\/[^/]+\/music\/[^/]+)\/_\//.exec(trackUrl ?? '')?.[1];

const withoutPictures = (value: unknown) =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'image' && key !== 'streamable'))
    : value;

/** The entry as it came, without the pictures: one star for every artist, five addresses of one album cover. */
const evidence = (raw: unknown) =>
  Object.fromEntries(
    Object.entries(withoutPictures(raw) as object).map(([key, value]) => [
      key,
      bounded(key === 'artist' ? withoutPictures(value) : value),
    ]),
  );

const bounded = (value: unknown): unknown => {
  if (typeof value === 'string') return boundedText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bounded(inner)]));
};
