import { endOf, playedOf } from '#shared/journal/needle.ts';
import { heardBy } from '#shared/journal/sounding.ts';
import { type NeedleMove, trackToPlay } from '#shared/journal/turntable.ts';
import { removeIdleTrack } from '../catalogue/removal.ts';
import { trackById } from '../catalogue/trackById.ts';
import { type Core, listed } from '../core.ts';
import { evidence, type ScrobbleRow } from '../listens/evidence.ts';
import { createManualReport, withdraw, writeReports } from './listens.ts';
import { storedSession } from './sessions.ts';

/** What of an album's list is played, in its order. */
const LISTED = `SELECT id, duration_seconds AS seconds FROM tracks WHERE album_id = ? AND id <> ? AND track_number IS NOT NULL AND kind IS NOT 'heading'
  AND NOT (kind IS 'index' AND EXISTS (SELECT 1 FROM tracks AS part WHERE part.album_id = tracks.album_id AND part.track_number = tracks.track_number + 1 AND part.kind = 'sub-track'))
  ORDER BY track_number`;

/**
 * A whole record that was logged as one listen is its tracks, as soon as these are known and over; each at its time, and undone with it.
 *
 * @param now seconds since the epoch. @returns when the next of them is over whose tracks are longer than it was taken to be; null for none.
 */
export function expandWholes(core: Core, now: number): number | null {
  const wholes = core.db.rows<[number]>(
    `SELECT id FROM scrobbles WHERE source = 'manual' AND state = 'resolved' AND payload ->> 'whole' = 1
       AND substr(source_key, 1, 36) NOT IN (SELECT id FROM turntable_sessions WHERE state = 'open')`,
  );
  if (wholes.length === 0) return null;
  const ends = evidence
    .byIds(core, listed(wholes.map(([id]) => id)))
    .flatMap((row) => core.db.transaction(() => expandWhole(core, row, now)) ?? []);
  return ends.length === 0 ? null : Math.min(...ends);
}

/** @returns when its tracks are over, where they are not yet. */
function expandWhole(core: Core, row: ScrobbleRow, now: number): number | undefined {
  const heard = core.db.get<{ id: number; album_id: number | null }>(
    'SELECT tracks.id, album_id FROM listening_history JOIN tracks ON tracks.id = track_id WHERE listening_history.id = ?',
    row.listen_id,
  );
  if (heard === undefined || heard.album_id === null) return undefined;
  const tracks = core.db.all<{ id: number; seconds: number | null }>(LISTED, heard.album_id, heard.id);
  if (tracks.length === 0) return undefined;
  const [group = '', whole = '0'] = row.source_key.split(':');
  const session = storedSession(core, group);
  const plan = {
    playedAt: row.played_at,
    moves: session ? movesOf(session.moves, row.played_at) : [],
    tracks: tracks.map(({ id, seconds }) => trackToPlay({ trackId: id, durationSeconds: seconds ?? undefined })),
  };
  if (endOf(plan) > now) return endOf(plan);
  // What was logged as it was, was heard to its end; at the turntable the needle may have been lifted before.
  const played = session
    ? heardBy(plan, Infinity)
    : playedOf(plan).map(({ place, from: playedAt }) => ({ place, playedAt }));
  if (played.length === 0) return undefined;
  withdraw(core, [row]);
  const reports = played.flatMap(({ place, playedAt }) => {
    const { id: trackId, seconds } = tracks[place]!;
    const report = createManualReport(core, group, {
      number: place,
      trackId,
      playedAt,
      durationSeconds: seconds ?? undefined,
    });
    return report ? { ...report, sourceKey: `${group}:${whole}.${place}` } : [];
  });
  writeReports(core, reports);
  const track = trackById(core, heard.id);
  if (track !== undefined) removeIdleTrack(core, track);
  return undefined;
}

/** What was done while the record played that began then: whatever ended or began the one track that it was, ended its tracks. */
const movesOf = (moves: readonly NeedleMove[], playedAt: number): NeedleMove[] =>
  moves
    .filter(({ at, act }) => at > playedAt && act !== 'turn')
    .map((move) => (move.act === 'pause' || move.act === 'resume' ? move : { ...move, act: 'lift' }));
