import type { TurntableSession } from '#shared/journal/turntable.ts';
import { randomUUID } from 'node:crypto';
import type { Core } from '../core.ts';
import { evidence, type ScrobbleRow } from '../listens/evidence.ts';
import { groupRows, lengthOf, withdraw } from './listens.ts';
import { trackToPlay } from '#shared/journal/turntable.ts';
import { keepSession, storedSession } from './sessions.ts';

/** By so many seconds a listen may lie ahead of the latest that the library knows of the time. */
const GRACE_SECONDS = 300;
const GROUPED = /^([0-9a-f-]{36}):(\d+)$/;

/**
 * Manually logged listens that lie ahead, as earlier versions wrote them: they leave the journal and are a session at the turntable, which
 * writes each when its time has come.
 *
 * @param latest the latest that is known of the time, seconds since the epoch: a clock that was set back makes nothing lie ahead.
 */
export function holdBack(core: Core, latest: number): void {
  const ahead = core.db.rows<[number]>(
    `SELECT id FROM scrobbles WHERE source = 'manual' AND played_at > ? AND state = 'resolved'`,
    latest + GRACE_SECONDS,
  );
  if (ahead.length === 0) return;
  core.db.transaction(() => {
    const rows = evidence.byIds(core, JSON.stringify(ahead.map(([id]) => id)));
    for (const group of new Set(rows.map((row) => groupOf(core, row)))) {
      const all = groupRows(core, group);
      if (storedSession(core, group) === undefined) keepSession(core, { id: group, moves: [], ...planOf(core, all) });
    }
    withdraw(core, rows);
  });
}

/** The group of a report; one that has none, as a replica gave it, becomes one by itself. */
function groupOf(core: Core, row: ScrobbleRow): string {
  const group = GROUPED.exec(row.source_key)?.[1];
  if (group !== undefined) return group;
  const own = randomUUID();
  core.db.run('UPDATE scrobbles SET source_key = ? WHERE id = ?', `${own}:0`, row.id);
  return own;
}

/** The tracks so long that each begins when it does in the journal. */
function planOf(core: Core, rows: readonly ScrobbleRow[]): Pick<TurntableSession, 'playedAt' | 'tracks'> {
  const placed = [...rows].sort((one, other) => placeOf(one) - placeOf(other));
  const tracks = placed.map((row, index) => {
    const trackId =
      row.track_id ??
      core.db.get<{ track_id: number }>('SELECT track_id FROM listening_history WHERE id = ?', row.listen_id)
        ?.track_id ??
      0;
    const next = placed[index + 1];
    const length = next ? next.played_at - row.played_at : (row.duration_seconds ?? lengthOf(core, trackId));
    return trackToPlay({ trackId, durationSeconds: length });
  });
  return { playedAt: placed[0]!.played_at, tracks };
}

const placeOf = (row: ScrobbleRow): number => Number(GROUPED.exec(row.source_key)?.[2] ?? 0);
