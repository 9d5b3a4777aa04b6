import { LastfmApiError } from './apiError.ts';
import type { Call } from './call.ts';
import type { PlayHistory } from './playHistory.ts';
import { asXmlList } from './responseFormat.ts';

const LARGEST_BATCH = 50;
const OLDEST_SECONDS = 14 * 86_400;
const AHEAD_SECONDS = 86_400;
const DAILY_LIMIT = 2_800;

const IGNORED = [
  '',
  'Artist was ignored',
  'Track was ignored',
  'Timestamp was too old',
  'Timestamp was too new',
  'Daily scrobble limit exceeded',
];

const UNNAMED = /^\[?unknown( artist| track)?\]?$/i;

/** track.scrobble: takes a batch, says of each play whether it counts. A play that is there already is taken and not doubled. */
export function scrobble(call: Call, history: PlayHistory, now: number): unknown {
  const positions = Object.keys(call.parameters).flatMap((name) => /^artist\[(\d+)\]$/.exec(name)?.[1] ?? []);
  if (positions.length === 0) throw new LastfmApiError(6);
  if (positions.length > LARGEST_BATCH) throw new LastfmApiError(6, 'Too many scrobbles in one request');
  const results = positions
    .map(Number)
    .sort((a, b) => a - b)
    .map((position) => takeOne(call.parameters, position, history, now));
  const ignored = results.filter((result) => result.ignoredMessage.code !== '0').length;
  return { scrobbles: { scrobble: asXmlList(results), '@attr': { ignored, accepted: results.length - ignored } } };
}

function takeOne(parameters: Record<string, string>, position: number, history: PlayHistory, now: number) {
  const field = (name: string) => parameters[`${name}[${position}]`] || undefined;
  const artist = field('artist');
  const title = field('track');
  const playedAt = Number(field('timestamp'));
  if (!artist || !title || !Number.isInteger(playedAt)) throw new LastfmApiError(6);
  const duration = field('duration');
  const code = ignoredCode(artist, title, playedAt, history, now);
  if (code === 0) {
    const play = { playedAt, artist, title, album: field('album'), trackMbid: field('mbid') };
    history.add({ ...play, ...(duration === undefined ? {} : { durationSeconds: Number(duration) }) });
  }
  const album = field('album');
  return {
    artist: { corrected: '0', '#text': artist },
    album: { corrected: '0', ...(album === undefined ? {} : { '#text': album }) },
    track: { corrected: '0', '#text': title },
    ignoredMessage: { code: String(code), '#text': IGNORED[code]! },
    albumArtist: { corrected: '0', '#text': field('albumArtist') ?? '' },
    timestamp: String(playedAt),
  };
}

/** The code of `ignoredMessage`: 0 when the play counts. */
function ignoredCode(artist: string, title: string, playedAt: number, history: PlayHistory, now: number): number {
  if (UNNAMED.test(artist)) return 1;
  if (UNNAMED.test(title)) return 2;
  if (playedAt < now - OLDEST_SECONDS) return 3;
  if (playedAt > now + AHEAD_SECONDS) return 4;
  const day = playedAt - (playedAt % 86_400);
  return history.page({ from: day, to: day + 86_400, page: 1, limit: 1 }).total >= DAILY_LIMIT ? 5 : 0;
}
