import { nowSeconds } from '../kit/clock.ts';
import type { Core } from './core.ts';

/** A listen logged by hand, as it was kept: its names never change, so that sending it twice says the same twice. */
export interface UnsentScrobble {
  id: number;
  /** Seconds since the epoch, as all times here: when it began, and when the house learnt of it. */
  playedAt: number;
  recordedAt: number;
  artist: string;
  albumArtist: string | null;
  title: string;
  album: string | null;
  durationSeconds: number | null;
}

/** What became of one: taken by the service, ignored by it, or from before what it takes. */
export type SubmitResult =
  | { id: number; outcome: 'taken' | 'too-old' }
  | { id: number; outcome: 'ignored'; code: number | null; reason: string };

/** One that the service does not have, and why. */
export interface NotTaken {
  playedAt: number;
  artist: string;
  title: string;
  outcome: 'ignored' | 'too-old';
  code: number | null;
  reason: string | null;
}

/** The durable queue of listens logged by hand on their way to another service. */
export interface ScrobbleOutbox {
  /** Marks the present: what is logged by hand from now on comes after it. */
  mark(): number;
  /**
   * Those logged after a mark that were neither sent nor taken back, oldest first. Left out is what the service itself
   * reported too: it has that play already. So is a whole record, which is no track of its own, and what came from a replica: nobody knows whether it was sent.
   */
  unsent(mark: number): UnsentScrobble[];
  /** Keeps what became of some; they never come up again. */
  markResults(results: readonly SubmitResult[]): void;
  /** How many were taken, and the latest that were not. */
  outcomes(limit: number): { taken: number; lastTakenAt: number | null; notTaken: NotTaken[] };
}

/** The queue is the evidence itself: what is manual, stands, and has no note. */
export function openScrobbleOutbox({ db, clock }: Core): ScrobbleOutbox {
  return {
    mark: () =>
      db.get<{ newest: number }>(`SELECT ifnull(max(id), 0) AS newest FROM scrobbles WHERE source = 'manual'`)!.newest,
    unsent: (mark) =>
      db.all<UnsentScrobble>(
        `SELECT id, played_at AS playedAt, recorded_at AS recordedAt, artist, album_artist AS albumArtist, title, album,
           duration_seconds AS durationSeconds
         FROM scrobbles AS own WHERE source = 'manual' AND id > ? AND state IN ('resolved', 'archived') AND rebuilt IS NULL AND payload ->> 'whole' IS NULL
           AND NOT EXISTS (SELECT 1 FROM told_scrobbles WHERE scrobble_id = own.id)
           AND NOT EXISTS (SELECT 1 FROM scrobbles AS echo
             WHERE echo.listen_id = own.listen_id AND echo.source = 'lastfm' AND echo.state <> 'withdrawn')
         ORDER BY played_at, id`,
        mark,
      ),
    markResults: (results) =>
      db.transaction(() => {
        for (const result of results) {
          const [code, reason] = result.outcome === 'ignored' ? [result.code, result.reason] : [null, null];
          db.run(
            'INSERT OR REPLACE INTO told_scrobbles (scrobble_id, outcome, code, reason, noted_at) VALUES (?, ?, ?, ?, ?)',
            result.id,
            result.outcome,
            code,
            reason,
            nowSeconds(clock),
          );
        }
      }),
    outcomes: (limit) => ({
      ...db.get<{ taken: number; lastTakenAt: number | null }>(
        `SELECT count(*) AS taken, max(noted_at) AS lastTakenAt FROM told_scrobbles WHERE outcome = 'taken'`,
      )!,
      notTaken: db.all<NotTaken>(
        `SELECT played_at AS playedAt, artist, title, outcome, code, reason FROM told_scrobbles JOIN scrobbles ON id = scrobble_id
         WHERE outcome <> 'taken' ORDER BY noted_at DESC, id DESC LIMIT ?`,
        limit,
      ),
    }),
  };
}
