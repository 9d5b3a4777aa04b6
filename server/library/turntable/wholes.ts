import { playedOf, trackToPlay } from '#shared/journal/turntable.ts';
import { removeIdleTrack } from '../catalogue/removal.ts';
import { trackById } from '../catalogue/trackById.ts';
import { type Core, listed } from '../core.ts';
import { evidence, type ScrobbleRow } from '../listens/evidence.ts';
import { reportByHand, withdraw, writeReports } from './listens.ts';

/** What of an album's list is played, in its order. */
const LISTED = `SELECT id, duration_seconds AS seconds FROM tracks WHERE album_id = ? AND id <> ? AND track_number IS NOT NULL AND kind IS NOT 'heading'
  AND NOT (kind IS 'index' AND EXISTS (SELECT 1 FROM tracks AS part WHERE part.album_id = tracks.album_id AND part.track_number = tracks.track_number + 1 AND part.kind = 'sub-track'))
  ORDER BY track_number`;

/** A whole record that was logged as one listen is its tracks, as soon as these are known; each at its time, and undone with it. */
export function tellWholes(core: Core): void {
  const wholes = core.db.rows<[number]>(
    `SELECT id FROM scrobbles WHERE source = 'manual' AND state = 'resolved' AND payload ->> 'whole' = 1
       AND substr(source_key, 1, 36) NOT IN (SELECT id FROM turntable_sessions WHERE state = 'open')`,
  );
  if (wholes.length === 0) return;
  for (const row of evidence.byIds(core, listed(wholes.map(([id]) => id)))) core.db.transaction(() => tellWhole(core, row));
}

function tellWhole(core: Core, row: ScrobbleRow): void {
  const heard = core.db.get<{ id: number; album_id: number | null }>('SELECT tracks.id, album_id FROM listening_history JOIN tracks ON tracks.id = track_id WHERE listening_history.id = ?', row.listen_id);
  if (heard === undefined || heard.album_id === null) return;
  const tracks = core.db.all<{ id: number; seconds: number | null }>(LISTED, heard.album_id, heard.id);
  if (tracks.length === 0) return;
  const plan = { playedAt: row.played_at, moves: [], tracks: tracks.map(({ id, seconds }) => trackToPlay({ trackId: id, durationSeconds: seconds ?? undefined })) };
  withdraw(core, [row]);
  const [group = '', whole = '0'] = row.source_key.split(':');
  const reports = playedOf(plan).flatMap(({ place, from }) => {
    const { id: trackId, seconds } = tracks[place]!;
    const report = reportByHand(core, group, { number: place, trackId, playedAt: from, durationSeconds: seconds ?? undefined });
    return report ? { ...report, sourceKey: `${group}:${whole}.${place}` } : [];
  });
  writeReports(core, reports);
  const track = trackById(core, heard.id);
  if (track !== undefined) removeIdleTrack(core, track);
}
