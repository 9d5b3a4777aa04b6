import { ListenSources } from '#shared/journal/listen.ts';
import type { Report } from '#shared/matching/report.ts';
import type { Core } from '../core.ts';
import type { ScrobbleInput } from '../api/scrobbles.ts';
import type { ReportedNames } from '../catalogue/reported.ts';
import { isBlank, trimmed } from '#shared/text/blank.ts';

export type ScrobbleState = 'resolved' | 'deleted' | 'archived' | 'withdrawn';

/** One row of evidence. */
export interface ScrobbleRow {
  id: number;
  source: string;
  source_key: string;
  played_at: number;
  ended_at: number | null;
  listened_seconds: number | null;
  artist: string;
  album_artist: string | null;
  title: string;
  album: string | null;
  duration_seconds: number | null;
  artist_mbid: string | null;
  track_mbid: string | null;
  album_mbid: string | null;
  zone: string | null;
  track_id: number | null;
  listen_id: number | null;
  state: ScrobbleState;
  gone_upstream: number;
  corrected_from: string | null;
  /** Made from a replica: `exact` where its source and moment are known, `assumed` where only that there was one; null as reported. */
  rebuilt: 'exact' | 'assumed' | null;
}

const COLUMNS = `id, source, source_key, played_at, ended_at, listened_seconds, artist, album_artist, title, album, duration_seconds,
  artist_mbid, track_mbid, album_mbid, zone, track_id, listen_id, state, gone_upstream, corrected_from, rebuilt`;

/** Named one by one, so that the index by source and time is used for each. */
export const ALL_SOURCES = ListenSources.map((source) => `'${source}'`).join(', ');

/** Reading the evidence. */
export const evidence = {
  byId: (core: Core, id: number) => core.db.get<ScrobbleRow>(`SELECT ${COLUMNS} FROM scrobbles WHERE id = ?`, id),
  /** @param ids a JSON list */
  byIds: (core: Core, ids: string) =>
    core.db.all<ScrobbleRow>(
      `SELECT ${COLUMNS} FROM scrobbles WHERE id IN (SELECT value FROM json_each(?)) ORDER BY played_at, id`,
      ids,
    ),
  ofListen: (core: Core, listenId: number) =>
    core.db.all<ScrobbleRow>(
      `SELECT ${COLUMNS} FROM scrobbles WHERE listen_id = ? AND state <> 'withdrawn' ORDER BY id`,
      listenId,
    ),
  /** The reports that a listen in the journal was resolved from. */
  resolvedOf: (core: Core, listenId: number) =>
    evidence.ofListen(core, listenId).filter(({ state }) => state === 'resolved'),
  byKeys: (core: Core, source: string, keys: readonly string[]) =>
    core.db.all<ScrobbleRow>(
      `SELECT ${COLUMNS} FROM scrobbles WHERE source = ? AND source_key IN (SELECT value FROM json_each(?))`,
      source,
      JSON.stringify(keys),
    ),
  /** What any source reported from `from` to `to`, both included; withdrawn reports are no evidence. */
  around: (core: Core, from: number, to: number) =>
    core.db.all<ScrobbleRow>(
      `SELECT ${COLUMNS} FROM scrobbles WHERE source IN (${ALL_SOURCES}) AND played_at BETWEEN ? AND ? AND state <> 'withdrawn'`,
      from,
      to,
    ),
  /** True when another source than this one reported anything in that time. */
  othersBetween: (core: Core, source: string, from: number, to: number) =>
    core.db.get(
      `SELECT 1 FROM scrobbles WHERE source IN (${ALL_SOURCES}) AND source <> ? AND played_at BETWEEN ? AND ? AND state <> 'withdrawn' LIMIT 1`,
      source,
      from,
      to,
    ) !== undefined,
};

/** Names a scrobble among all sources, as manual decisions do. */
export const reportKey = ({ source, source_key }: Pick<ScrobbleRow, 'source' | 'source_key'>): string =>
  `${source}:${source_key}`;

/** A row as the rule for "the same listen" compares it. */
export function reportOf(row: ScrobbleRow): Report {
  return {
    key: reportKey(row),
    source: row.source,
    artist: row.artist,
    albumArtist: row.album_artist ?? undefined,
    title: row.title,
    album: row.album ?? undefined,
    durationSeconds: row.duration_seconds ?? undefined,
    playedAt: row.played_at,
  };
}

/** A row as the catalogue looks its track up. */
export function namesOf(
  row: Omit<ScrobbleRow, 'id' | 'listen_id' | 'state' | 'gone_upstream' | 'corrected_from' | 'rebuilt'>,
): ReportedNames {
  return {
    artist: row.artist,
    albumArtist: row.album_artist,
    title: row.title,
    album: row.album,
    durationSeconds: row.duration_seconds,
    artistMbid: row.artist_mbid,
    trackMbid: row.track_mbid,
    albumMbid: row.album_mbid,
    trackId: row.track_id,
  };
}

/** Names as they are compared and stored: blank ones are none. */
const said = (text: string | undefined): string | null => (text === undefined || isBlank(text) ? null : trimmed(text));

/** True when a source now spells a play otherwise than it did. */
export function isRespelt(row: ScrobbleRow, input: ScrobbleInput): boolean {
  return (
    row.artist !== trimmed(input.artist) ||
    row.title !== trimmed(input.title) ||
    row.album !== said(input.album) ||
    row.album_artist !== said(input.albumArtist)
  );
}

/** A report's columns, blank texts as none and a duration of 0 as unknown. */
export function columnsOf(input: ScrobbleInput) {
  return {
    source: input.source,
    source_key: input.sourceKey,
    played_at: input.playedAt,
    ended_at: input.endedAt ?? null,
    listened_seconds: input.listenedSeconds ?? null,
    artist: trimmed(input.artist),
    album_artist: said(input.albumArtist),
    title: trimmed(input.title),
    album: said(input.album),
    duration_seconds:
      input.durationSeconds === undefined || input.durationSeconds <= 0 ? null : Math.round(input.durationSeconds),
    artist_mbid: said(input.artistMbid),
    track_mbid: said(input.trackMbid),
    album_mbid: said(input.albumMbid),
    zone: said(input.zone),
  };
}

/** A report to be stored; `trackId` is the very track a person named. */
export type NewReport = ScrobbleInput & { trackId?: number };

/** Keeps reports as they came. Their listens are found afterwards. */
export function insertScrobbles(core: Core, inputs: readonly NewReport[], recordedAt: number): ScrobbleRow[] {
  return inputs.map((input) => {
    const columns = columnsOf(input);
    const trackId = input.trackId ?? null;
    const { lastId } = core.db.run(
      `INSERT INTO scrobbles (source, source_key, played_at, ended_at, listened_seconds, artist, album_artist, title, album,
         duration_seconds, artist_mbid, track_mbid, album_mbid, zone, track_id, payload, recorded_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...Object.values(columns),
      trackId,
      JSON.stringify(input.raw ?? null),
      recordedAt,
    );
    return {
      id: lastId,
      ...columns,
      track_id: trackId,
      listen_id: null,
      state: 'resolved',
      gone_upstream: 0,
      corrected_from: null,
      rebuilt: null,
    };
  });
}
