import { keyByNames, ListenSources, type Listen } from '#shared/journal/listen.ts';
import { listenUpstreams } from '#shared/upstreams/listens.ts';
import { nowSeconds } from '../../kit/clock.ts';
import type { Core } from '../core.ts';
import { UNNAMED } from '../listens/adoption.ts';
import { furtherSources } from '../listens/sourcePrecedence.ts';
import type { TrackNames } from './listenFacts.ts';

/** The most reports a listen can have: one of each source. */
export const MOST_REPORTS = ListenSources.length;

/** Says that a scrobble was made from a replica of this life. */
export const rebuiltFrom = (life: string, listenId: number): string =>
  JSON.stringify({ rebuilt: life, listen: listenId });

type Rebuilt = 'exact' | 'assumed';

/** The report that takes precedence in a listen, under the key its source gives it where that follows from its names. */
export function insertExact(
  core: Core,
  life: string,
  listen: Listen,
  track: TrackNames,
  listenId: number | null,
): number {
  const key = listenUpstreams.get(listen.source)?.keyedByNames
    ? keyByNames({ playedAt: listen.playedAt, artist: track.artist, title: track.title })
    : null;
  const known =
    key === null ? 0 : insert(core, life, listen, track, { source: listen.source, key, rebuilt: 'exact', listenId });
  return (
    known ||
    insert(core, life, listen, track, { source: listen.source, key: ownKey(listen, life), rebuilt: 'exact', listenId })
  );
}

/**
 * So many further reports, of sources that the listen has none of: a journal page says of a listen's evidence the source that takes
 * precedence and its moment, and of further reports only how many.
 */
export function insertAssumed(
  core: Core,
  life: string,
  listen: Listen,
  track: TrackNames,
  listenId: number,
  { count, sources }: { count: number; sources: readonly string[] },
): void {
  const others = furtherSources(listen.source)
    .filter((source) => !sources.includes(source))
    .slice(0, count);
  for (const source of others)
    insert(core, life, listen, track, {
      source,
      key: `${ownKey(listen, life)}:${listenId}`,
      rebuilt: 'assumed',
      listenId,
    });
}

const ownKey = ({ id }: Listen, life: string): string => `${UNNAMED}${id}:${life}`;

interface How {
  source: Listen['source'];
  key: string;
  rebuilt: Rebuilt;
  listenId: number | null;
}

/** @returns its id; 0 where its key is taken. */
function insert(
  core: Core,
  life: string,
  listen: Listen,
  track: TrackNames,
  { source, key, rebuilt, listenId }: How,
): number {
  const { changes, lastId } = core.db.run(
    `INSERT OR IGNORE INTO scrobbles (source, source_key, played_at, artist, album_artist, title, album, duration_seconds, zone, track_id, payload,
       listen_id, gone_upstream, rebuilt, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    source,
    key,
    listen.playedAt,
    track.artist,
    track.albumArtist,
    track.title,
    track.album,
    track.durationSeconds,
    rebuilt === 'exact' ? listen.zone : null,
    track.id,
    rebuiltFrom(life, listen.id),
    listenId,
    Number(listen.goneUpstream ?? false),
    rebuilt,
    nowSeconds(core.clock),
  );
  return changes === 0 ? 0 : lastId;
}

/** Whether a report says of itself that it was made from a replica of this life. */
export const IS_OF_LIFE = `(rebuilt IS NOT NULL AND payload ->> 'rebuilt' = ?)`;
/** The same; or it is of a deleted play that a replica of this life gave. */
export const IS_REPORTED_IN_LIFE = `((rebuilt IS NOT NULL OR state = 'deleted') AND payload ->> 'rebuilt' IS ?)`;
