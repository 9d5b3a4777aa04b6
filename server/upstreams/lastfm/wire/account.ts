import * as v from 'valibot';
import { readWire } from '../../../kit/http/wire.ts';
import { Redacted } from '../../../kit/redacted.ts';
import type { LovedTrack } from '../../ports.ts';
import { attributes, extent, refuseOtherUser, type AskedPage, type Extent } from './page.ts';
import { artist, listOf, name, record, whole } from './parts.ts';

const lovedTracks = v.object({
  lovedtracks: v.object({
    track: listOf(record({ name, artist, date: v.optional(record({ uts: whole })) })),
    '@attr': attributes,
  }),
});

/**
 * Reads an answer to user.getLovedTracks, as strictly as the plays.
 * @throws UpstreamError `malformed`, also when the page belongs to another user.
 */
export function readLovedTracks(body: unknown, asked: AskedPage): { user: string; tracks: LovedTrack[] } & Extent {
  const { track, '@attr': said } = readWire('Last.fm', lovedTracks, body).lovedtracks;
  refuseOtherUser(asked.user, said.user);
  const tracks = track.map(({ name: title, artist, date }) => ({ artist: artist.name, title, lovedAt: date?.uts }));
  return { user: said.user, tracks, ...extent(said, asked, tracks.length) };
}

const userInfo = v.object({
  user: v.object({
    name,
    playcount: v.pipe(whole, v.minValue(0)),
    registered: v.fallback(v.optional(record({ unixtime: whole })), undefined),
  }),
});

/**
 * Reads an answer to user.getInfo.
 * @throws UpstreamError `malformed`, also when it is about another user.
 */
export function readProfile(body: unknown, askedUser: string): { name: string; playCount: number; registeredAt?: number } {
  const { user } = readWire('Last.fm', userInfo, body);
  refuseOtherUser(askedUser, user.name);
  return { name: user.name, playCount: user.playcount, registeredAt: user.registered?.unixtime };
}

const session = v.object({ session: v.object({ name, key: name }) });

/**
 * Reads an answer to auth.getSession.
 * @throws UpstreamError `malformed`
 */
export function readSession(body: unknown): { name: string; key: Redacted } {
  const { name: user, key } = readWire('Last.fm', session, body).session;
  return { name: user, key: new Redacted(key) };
}
