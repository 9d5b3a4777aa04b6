import type { NotTaken } from '#shared/api/lastfm.ts';
import type { ScrobbleOutbox, UnsentScrobble } from '../api/scrobbleOutbox.ts';
import { nowSeconds } from '../../kit/clock.ts';
import type { Core } from '../core.ts';

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
