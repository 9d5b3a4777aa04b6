import * as v from 'valibot';
import { Whole } from '#shared/primitives/identifiers.ts';
import { type Core, listed } from '../core.ts';
import { creditsOf, grouped } from '../documents/credits.ts';

const Text = v.nullable(v.string());
const Maybe = v.nullable(Whole);

/** One report of a play, as the library stored it. */
const ArchivedScrobble = v.object({
  source: v.string(),
  sourceKey: v.string(),
  playedAt: Whole,
  endedAt: Maybe,
  listenedSeconds: Maybe,
  artist: v.string(),
  albumArtist: Text,
  title: v.string(),
  album: Text,
  durationSeconds: Maybe,
  artistMbid: Text,
  trackMbid: Text,
  albumMbid: Text,
  zone: Text,
  trackId: Maybe,
  goneUpstream: v.boolean(),
  reasons: v.unknown(),
  correctedFrom: v.unknown(),
  recordedAt: Whole,
  /** The report as it came. */
  payload: v.unknown(),
});

/** A listen with everything that is known of it, so that it can be brought back even into a library that never had it. */
export const ArchivedListen = v.object({
  id: Whole,
  /** Start of the play, seconds since the epoch. */
  playedAt: Whole,
  endedAt: Maybe,
  listenedSeconds: Maybe,
  source: v.string(),
  zone: Text,
  note: Text,
  goneUpstream: v.boolean(),
  track: v.object({
    id: Whole,
    title: v.string(),
    durationSeconds: Maybe,
    loved: v.boolean(),
    artists: v.array(v.string()),
  }),
  album: v.nullable(v.object({ id: Whole, title: v.string(), artists: v.array(v.string()) })),
  /** The document that carried the track: the album's id, or minus an artist's. */
  holder: Whole,
  witnesses: v.array(ArchivedScrobble),
});
export type ArchivedListen = v.InferOutput<typeof ArchivedListen>;
export type ArchivedScrobble = v.InferOutput<typeof ArchivedScrobble>;

interface ListenRow {
  id: number;
  playedAt: number;
  endedAt: number | null;
  listenedSeconds: number | null;
  source: string;
  zone: string | null;
  note: string | null;
  goneUpstream: number;
  trackId: number;
  title: string;
  durationSeconds: number | null;
  loved: number;
  albumId: number | null;
  albumTitle: string | null;
  ownerId: number;
}

const LISTENS = `SELECT listening_history.id, timestamp AS playedAt, ended_at AS endedAt, listened_seconds AS listenedSeconds, source, zone,
    listening_history.note, gone_upstream AS goneUpstream, tracks.id AS trackId, tracks.title, duration_seconds AS durationSeconds, tracks.loved,
    albums.id AS albumId, albums.title AS albumTitle,
    ifnull(album_id, -ifnull((SELECT artist_id FROM track_artist WHERE track_artist.track_id = tracks.id AND track_artist.position = 0), 0)) AS ownerId
  FROM listening_history JOIN tracks ON tracks.id = track_id LEFT JOIN albums ON albums.id = album_id
  WHERE listening_history.id IN (SELECT value FROM json_each(?)) ORDER BY timestamp, listening_history.id`;

type ScrobbleRow = Omit<ArchivedScrobble, 'goneUpstream' | 'reasons' | 'correctedFrom' | 'payload'> & {
  listenId: number;
  goneUpstream: number;
  reasons: string | null;
  correctedFrom: string | null;
  payload: string;
};

const SCROBBLES = `SELECT listen_id AS listenId, source, source_key AS sourceKey, played_at AS playedAt, ended_at AS endedAt,
    listened_seconds AS listenedSeconds, artist, album_artist AS albumArtist, title, album, duration_seconds AS durationSeconds,
    artist_mbid AS artistMbid, track_mbid AS trackMbid, album_mbid AS albumMbid, zone, track_id AS trackId, gone_upstream AS goneUpstream,
    reasons, corrected_from AS correctedFrom, recorded_at AS recordedAt, payload
  FROM scrobbles WHERE listen_id IN (SELECT value FROM json_each(?)) AND state = 'resolved' ORDER BY listen_id, source, source_key`;

/** These listens as they are archived, oldest first; those that are not in the journal (any more) are left out. */
export function archivedForm(core: Core, listenIds: readonly number[]): ArchivedListen[] {
  const rows = core.db.all<ListenRow>(LISTENS, listed(listenIds));
  const sourceReports = grouped(
    core.db.all<ScrobbleRow>(SCROBBLES, listed(listenIds)).map((row): [number, ScrobbleRow] => [row.listenId, row]),
    ([, row]) => archivedScrobble(row),
  );
  const trackCredits = creditsOf(core, 'track', listed(new Set(rows.map(({ trackId }) => trackId))));
  const albumCredits = creditsOf(core, 'album', listed(new Set(rows.flatMap(({ albumId }) => albumId ?? []))));
  return rows.map((row) => {
    const albumArtists =
      (row.albumId === null ? undefined : albumCredits.get(row.albumId))?.map(({ name }) => name) ?? [];
    return {
      id: row.id,
      playedAt: row.playedAt,
      endedAt: row.endedAt,
      listenedSeconds: row.listenedSeconds,
      source: row.source,
      zone: row.zone,
      note: row.note,
      goneUpstream: row.goneUpstream === 1,
      track: {
        id: row.trackId,
        title: row.title,
        durationSeconds: row.durationSeconds,
        loved: row.loved === 1,
        artists: trackCredits.get(row.trackId)?.map(({ name }) => name) ?? albumArtists,
      },
      album: row.albumId === null ? null : { id: row.albumId, title: row.albumTitle ?? '', artists: albumArtists },
      holder: row.ownerId,
      witnesses: sourceReports.get(row.id) ?? [],
    };
  });
}

const parsed = (json: string | null): unknown => (json === null ? null : (JSON.parse(json) as unknown));

function archivedScrobble({
  listenId: _,
  goneUpstream,
  reasons,
  correctedFrom,
  payload,
  ...report
}: ScrobbleRow): ArchivedScrobble {
  return {
    ...report,
    goneUpstream: goneUpstream === 1,
    reasons: parsed(reasons),
    correctedFrom: parsed(correctedFrom),
    payload: parsed(payload),
  };
}
