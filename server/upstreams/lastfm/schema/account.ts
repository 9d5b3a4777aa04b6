import * as v from 'valibot';
import { entriesRead, refuseMostlyUnreadable } from '../../../kit/http/setAside.ts';
import { parseResponse, record } from '../../../kit/http/responseSchema.ts';
import { Redacted } from '../../../kit/redacted.ts';
import type { LovedTrack, LovedTracksPage } from '../../ports.ts';
import { attributes, extent, refuseOtherUser, type AskedPage } from './page.ts';
import { artist, list, moment, name, whole } from './parts.ts';
import { LASTFM } from '../settings.ts';

const lovedTrack = v.pipe(
  record({ name, artist, date: v.fallback(v.optional(record({ uts: moment })), undefined) }),
  v.transform(({ name: title, artist: by, date }): LovedTrack => ({ artist: by.name, title, lovedAt: date?.uts })),
);

const lovedTracks = v.object({
  lovedtracks: v.object({
    track: list,
    '@attr': attributes,
  }),
});

/**
 * Reads an answer to user.getLovedTracks; a track without a name or an artist is set aside.
 * @throws UpstreamError `malformed`, also when the page belongs to another user.
 */
export function readLovedTracks(body: unknown, asked: AskedPage): LovedTracksPage {
  const { track, '@attr': said } = parseResponse(LASTFM, lovedTracks, body).lovedtracks;
  refuseOtherUser(asked.user, said.user);
  const { read, aside } = entriesRead(lovedTrack, track);
  refuseMostlyUnreadable(LASTFM, aside, track.length);
  return {
    user: said.user,
    tracks: read.map(({ value }) => value),
    setAside: aside,
    ...extent(said, asked, track.length),
  };
}

/** Reads one loved track again that was set aside; null when it still cannot be read. */
export function readLovedTrack(raw: unknown): LovedTrack | null {
  const result = v.safeParse(lovedTrack, raw);
  return result.success ? result.output : null;
}

const userInfo = v.object({
  user: v.object({
    name,
    playcount: v.pipe(whole, v.minValue(0)),
    registered: v.fallback(v.optional(record({ unixtime: moment })), undefined),
  }),
});

/**
 * Reads an answer to user.getInfo.
 * @throws UpstreamError `malformed`, also when it is about another user.
 */
export function readProfile(
  body: unknown,
  askedUser: string,
): { name: string; playCount: number; registeredAt?: number } {
  const { user } = parseResponse(LASTFM, userInfo, body);
  refuseOtherUser(askedUser, user.name);
  return { name: user.name, playCount: user.playcount, registeredAt: user.registered?.unixtime };
}

const session = v.object({ session: v.object({ name, key: name }) });

/**
 * Reads an answer to auth.getSession.
 * @throws UpstreamError `malformed`
 */
export function readSession(body: unknown): { name: string; key: Redacted } {
  const { name: user, key } = parseResponse(LASTFM, session, body).session;
  return { name: user, key: new Redacted(key) };
}
