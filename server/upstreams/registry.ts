import type { UpstreamId } from '#shared/upstreams/registry.ts';
import { settingsTogether } from '../kit/settingDefinition.ts';
import { discogs } from './discogs/settings.ts';
import { euria } from './euria/settings.ts';
import { lastfm } from './lastfm/settings.ts';
import { musicbrainz } from './musicbrainz/settings.ts';
import { roon } from './roon/settings.ts';
import { spotify } from './spotify/settings.ts';
import type { Upstream } from './upstream.ts';

/** Every source, by its id: the settings, and where pictures may come from, are made from this. */
export const upstreams = {
  lastfm,
  roon,
  discogs,
  spotify,
  euria,
  musicbrainz,
} satisfies Record<UpstreamId, Upstream>;

type SettingsOf<Id extends UpstreamId> = (typeof upstreams)[Id]['settings'];
type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

const all: readonly Upstream[] = Object.values(upstreams);

/** The settings of every source. @throws Error at start where two sources claim the same. */
export const upstreamSettings = settingsTogether(all.map(({ settings }) => settings)) as Together<
  SettingsOf<UpstreamId>
>;

export type UpstreamSettingKey = { [Id in UpstreamId]: keyof SettingsOf<Id> }[UpstreamId];

/** The settings that hold an address whose own pictures may be fetched. */
export const pictureOrigins = all.flatMap((upstream) => upstream.pictureOrigins) as UpstreamSettingKey[];

/** Hosts that the sources' pictures come from. */
export const pictureHosts = all.flatMap((upstream) => upstream.pictureHosts);

/** Whether a setting is one of this source's: what one is asked with is no matter of the others. */
export const isSettingOf = (id: UpstreamId, key: string): boolean => Object.hasOwn(upstreams[id].settings, key);
