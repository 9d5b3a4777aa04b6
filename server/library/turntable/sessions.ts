import { type NeedleMove, type TurntableSession, withMoves } from '#shared/journal/turntable.ts';
import { trackById } from '../catalogue/trackById.ts';
import type { Core } from '../core.ts';

/** `awaited`: a move arrived before the session it is of. `over`: nothing more comes of it, unless a move arrives late. */
export type SessionState = 'awaited' | 'open' | 'over' | 'removed';

export interface StoredSession extends Pick<TurntableSession, 'id' | 'playedAt' | 'tracks' | 'moves'> {
  state: SessionState;
}

interface Row {
  id: string;
  started_at: number;
  tracks: string;
  moves: string;
  state: SessionState;
}

const COLUMNS = 'id, started_at, tracks, moves, state';

const sessionOf = ({ id, started_at: playedAt, tracks, moves, state }: Row): StoredSession => ({
  id,
  playedAt,
  tracks: JSON.parse(tracks) as TurntableSession['tracks'],
  moves: JSON.parse(moves) as NeedleMove[],
  state,
});

export function storedSession(core: Core, id: string): StoredSession | undefined {
  const row = core.db.get<Row>(`SELECT ${COLUMNS} FROM turntable_sessions WHERE id = ?`, id);
  return row && sessionOf(row);
}

export const openSessions = (core: Core): StoredSession[] =>
  core.db
    .all<Row>(`SELECT ${COLUMNS} FROM turntable_sessions WHERE state = 'open' ORDER BY started_at, id`)
    .map(sessionOf);

/** Stores a session; the household's document has those that are open. */
export function storeSession(core: Core, { id, playedAt, tracks, moves, state }: StoredSession): void {
  core.db.run(
    `INSERT OR REPLACE INTO turntable_sessions (${COLUMNS}) VALUES (?, ?, ?, ?, ?)`,
    id,
    playedAt,
    JSON.stringify(tracks),
    JSON.stringify(moves),
    state,
  );
  touchTurntable(core);
}

/** The session begins, or is known; moves that came before it are its own. */
export function keepSession(core: Core, { id, playedAt, tracks, moves }: Omit<StoredSession, 'state'>): void {
  const known = storedSession(core, id);
  if (known !== undefined && known.state !== 'awaited') return;
  storeSession(core, { id, playedAt, tracks, moves: withMoves(known?.moves ?? [], moves), state: 'open' });
}

/** Adds a move, or takes one back. @returns false where it changes nothing. */
export function keepMove(core: Core, id: string, move: NeedleMove): boolean {
  const session = storedSession(core, id) ?? {
    id,
    playedAt: move.at,
    tracks: [],
    moves: [],
    state: 'awaited' as const,
  };
  if (session.state === 'removed') return false;
  storeSession(core, {
    ...session,
    moves: withMoves(session.moves, [move]),
    ...(session.state === 'over' && { state: 'open' }),
  });
  return true;
}

/** @returns false when there is no such session. */
export function removeSession(core: Core, id: string): boolean {
  const session = storedSession(core, id);
  if (session !== undefined) storeSession(core, { ...session, state: 'removed' });
  return session !== undefined;
}

export const touchTurntable = (core: Core): void => core.feed.touch('household', 'household');

/** What devices get: the open sessions, with the tracks as they are called today and the numbers of the listens that the journal has. */
export function turntableToday(core: Core): { turntable?: TurntableSession[] } {
  const open = openSessions(core);
  if (open.length === 0) return {};
  return {
    turntable: open.map(({ id, playedAt, tracks, moves }) => ({
      id,
      playedAt,
      tracks: tracks.map((track) => ({ ...track, trackId: trackById(core, track.trackId)?.id ?? track.trackId })),
      moves,
      logged: loggedNumbers(core, id),
    })),
  };
}

function loggedNumbers(core: Core, id: string): number[] {
  const keys = core.db.rows<[string]>(
    `SELECT source_key FROM scrobbles WHERE source = 'manual' AND source_key >= ? AND source_key < ? AND state <> 'withdrawn'`,
    `${id}:`,
    `${id};`,
  );
  return keys.map(([key]) => Number(key.slice(id.length + 1))).sort((one, other) => one - other);
}

/** Sessions that ended so long ago that no device comes back with a move any more. @param before seconds since the epoch. */
export function forgetSessions(core: Core, before: number): void {
  core.db.run(`DELETE FROM turntable_sessions WHERE state <> 'open' AND started_at < ?`, before);
}
