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

type WhereLookedUp<Id extends UpstreamId> = Id extends UpstreamId
  ? (typeof sharedUpstreams)[Id] extends { looksUp: true }
    ? Id
    : never
  : never;
/** A service at which gaps are looked up by themselves. */
export type LookupId = WhereLookedUp<UpstreamId>;

export const lookupIds = upstreamIds.filter((id): id is LookupId => sharedUpstreams[id].looksUp) as [
  LookupId,
  ...LookupId[],
];
