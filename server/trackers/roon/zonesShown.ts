import type { RoonStatus } from '#shared/api/roon.ts';
import type { NowPlaying } from '#shared/sync/stream.ts';
import type { RoonZone } from '../../upstreams/roon/index.ts';
import { ownZoneId, type ZonePolicy } from '../roonListening/index.ts';

/** A zone as the status shows it. Positions are those of the moment it was asked. */
type ShownZone = RoonStatus['zones'][number];

export const placeOf = (zoneId: string): string => `roon:${zoneId}`;

export function shownZone(zone: RoonZone, policy: ZonePolicy): ShownZone {
  return {
    id: zone.id,
    name: policy.nameOf(zone),
    hidden: !policy.counts(zone),
    state: zone.state,
    nowPlaying: playingIn(zone),
  };
}

/** What sounds in a zone; null where nothing does. @param at seconds since the epoch */
export function nowPlayingIn(zone: RoonZone, policy: ZonePolicy, at: number): NowPlaying | null {
  const playing = playingIn(zone);
  if (playing === null || zone.state === 'stopped' || !policy.counts(zone)) return null;
  return {
    place: placeOf(zone.id),
    source: 'roon',
    zone: policy.nameOf(zone),
    state: zone.state,
    ...playing,
    at: Math.round(at * 1000),
  };
}

function playingIn({ nowPlaying }: RoonZone): ShownZone['nowPlaying'] {
  if (!nowPlaying || nowPlaying.title === '') return null;
  const { title, artists, album, lengthSeconds, seekPosition } = nowPlaying;
  return {
    title,
    // Composers follow the performers, all joined with " / ".
    artist: artists.split(' / ')[0]!,
    album: album || null,
    durationSeconds: lengthSeconds,
    positionSeconds: seekPosition,
  };
}

/**
 * The zones a person can name or leave out: a group's members one by one, as the group itself comes and goes.
 * @param zones as Roon reports them
 */
export function lastingZones(
  zones: readonly RoonZone[],
  policy: ZonePolicy,
): { id: string; name: string; hidden: boolean }[] {
  const lasting = zones.flatMap((zone) =>
    zone.outputs.length < 2
      ? [zone]
      : zone.outputs.map((output) => ({ ...zone, id: ownZoneId(output.id), name: output.name, outputs: [output] })),
  );
  const listed = lasting.map((zone) => ({ id: zone.id, name: policy.nameOf(zone), hidden: !policy.counts(zone) }));
  return listed.sort((one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1));
}
