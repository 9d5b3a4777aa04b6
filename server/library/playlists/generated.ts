import type { Playlists } from '../api/playlists.ts';
import type { Core } from '../core.ts';
import { storedProblem } from '../database/storedProblem.ts';

/**
 * Playlists that a model writes: `beingWritten` until `put` brings the tracks or `fail` says why there are none. Neither touches
 * the change feed, since what devices hold does not change by it.
 */
export function generatedPlaylists({ db }: Core): Pick<Playlists, 'begin' | 'beginAnew' | 'fail' | 'beingWritten'> {
  const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString();
  return {
    begin: ({ id, name, algorithm, aiPrompt, options, createdAt, updatedAt }) =>
      void db.run(
        `INSERT INTO playlists (uid, name, algorithm, ai_prompt, options, state, created_at, updated_at) VALUES (?, ?, ?, ?, ?, 'writing', ?, ?)`,
        id,
        name,
        algorithm,
        aiPrompt,
        options === undefined ? null : JSON.stringify(options),
        isoOf(createdAt),
        isoOf(updatedAt),
      ),
    beginAnew: (uid) => void db.run(`UPDATE playlists SET state = 'writing', failure = NULL WHERE uid = ?`, uid),
    fail(uid, failure, problem) {
      const stored = problem === undefined ? failure : storedProblem(problem, failure);
      db.run(`UPDATE playlists SET state = 'failed', failure = ? WHERE uid = ? AND state = 'writing'`, stored, uid);
    },
    beingWritten: () =>
      db
        .rows<[string]>(`SELECT uid FROM playlists WHERE state = 'writing' AND deleted_at IS NULL ORDER BY id`)
        .map(([uid]) => uid),
  };
}
