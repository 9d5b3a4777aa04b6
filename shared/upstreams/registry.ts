import { discogs } from './discogs.ts';
import { euria } from './euria.ts';
import { lastfm } from './lastfm.ts';
import { musicbrainz } from './musicbrainz.ts';
import { roon } from './roon.ts';
import { spotify } from './spotify.ts';
import type { SharedUpstream } from './upstream.ts';

/**
 * Every service there is, by its id: what server and pages list of services is made from this. The order is that of the household's
 * document.
 */
export const sharedUpstreams = {
  lastfm,
  roon,
  discogs,
  spotify,
  euria,
  musicbrainz,
} as const satisfies Record<string, SharedUpstream>;

export type UpstreamId = keyof typeof sharedUpstreams;

export const upstreamIds = Object.keys(sharedUpstreams) as [UpstreamId, ...UpstreamId[]];

/** The services whose definition says this. */
export type UpstreamWith<Trait> = {
  [Id in UpstreamId]: (typeof sharedUpstreams)[Id] extends Trait ? Id : never;
}[UpstreamId];

/** A service at which gaps are looked up by themselves. */
export type LookupId = UpstreamWith<{ looksUp: true }>;

export const lookupIds = upstreamIds.filter((id): id is LookupId => sharedUpstreams[id].looksUp) as [
  LookupId,
  ...LookupId[],
];

/** A service that can be asked once, to see whether it answers. */
export type TestableId = UpstreamWith<{ testable: true }>;

export const testableIds = upstreamIds.filter((id): id is TestableId => 'testable' in sharedUpstreams[id]);

/** A service of which an account can be connected. */
export type AccountId = UpstreamWith<{ account: object }>;

/** A service that writes texts. */
export type TextsId = UpstreamWith<{ kind: 'texts' }>;

/** A service that says what plays now. */
export type NowPlayingId = UpstreamWith<{ nowPlaying: string }>;

export const nowPlayingIds = upstreamIds.filter((id): id is NowPlayingId => 'nowPlaying' in sharedUpstreams[id]);

/** Whether a source's plays sound in the zones of this household, so that the zone says where. */
export const hasZones = (source: string): boolean =>
  nowPlayingIds.some((id) => id === source && sharedUpstreams[id].nowPlaying === 'zones');
