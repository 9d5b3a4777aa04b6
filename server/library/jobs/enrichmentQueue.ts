import type { EnrichmentQueue, QueuedTask, UpstreamWork } from '../api/enrichment.ts';
import type { Core } from '../core.ts';

/** Seconds over which it is reckoned how fast tasks end. */
const PACE_SECONDS = 600;
/** So many must have ended for that to say anything. */
const FEW = 5;

export function openEnrichmentQueue(core: Core): EnrichmentQueue {
  const { db } = core;
  const now = () => Math.floor(core.clock.now() / 1000);
  const set = (id: number, state: string, reason: string | null) =>
    db.run('UPDATE enrichment_queue SET state = ?, reason = ?, updated_at = ? WHERE id = ?', state, reason, now(), id);
  return {
    add(tasks, { again = false } = {}) {
      if (tasks.length === 0) return;
      db.transaction(() => {
        db.run(
          `INSERT INTO enrichment_queue (kind, subject, upstream, priority, created_at, updated_at)
           SELECT value ->> 'kind', value ->> 'subject', value ->> 'upstream', value ->> 'priority', ?1, ?1 FROM json_each(?2) WHERE true
           ON CONFLICT (kind, subject) DO UPDATE SET priority = max(priority, excluded.priority)${again ? `, state = 'waiting', attempts = 0, next_try_at = 0, reason = NULL` : ''}`,
          now(),
          JSON.stringify(tasks),
        );
      });
    },
    raise: (subject, priority) =>
      void db.run(
        `UPDATE enrichment_queue SET priority = max(priority, ?) WHERE subject = ? AND state = 'waiting'`,
        priority,
        subject,
      ),
    take: (upstream, at) =>
      db.transaction(() => {
        const task = db.get<QueuedTask>(
          `SELECT id, kind, subject, upstream, priority, attempts FROM enrichment_queue
           WHERE upstream = ? AND state = 'waiting' AND next_try_at <= ? ORDER BY priority DESC, next_try_at, id LIMIT 1`,
          upstream,
          at,
        );
        if (task) set(task.id, 'running', null);
        return task ?? null;
      }),
    nextDue: (upstream) =>
      db.get<{ at: number | null }>(
        `SELECT min(next_try_at) AS at FROM enrichment_queue WHERE upstream = ? AND state = 'waiting'`,
        upstream,
      )?.at ?? null,
    done: (id) => void set(id, 'done', null),
    later(id, at, reason, countAttempt) {
      db.run(
        `UPDATE enrichment_queue SET state = 'waiting', next_try_at = ?, reason = ?, attempts = attempts + ?, updated_at = ? WHERE id = ?`,
        at,
        reason,
        Number(countAttempt),
        now(),
        id,
      );
    },
    giveUp: (id, reason) => void set(id, 'given-up', reason),
    dueNow: (upstream) =>
      void db.run(`UPDATE enrichment_queue SET next_try_at = 0 WHERE upstream = ? AND state = 'waiting'`, upstream),
    clockSet: (bySeconds) =>
      void db.run(
        `UPDATE enrichment_queue SET next_try_at = max(0, next_try_at + ?1) WHERE state = 'waiting' AND next_try_at > ?2`,
        bySeconds,
        now() - bySeconds,
      ),
    recover: () => db.run(`UPDATE enrichment_queue SET state = 'waiting' WHERE state = 'running'`).changes,
    status() {
      const rows = db.all<{ upstream: string; kind: string; state: string; reason: string | null; n: number }>(
        `SELECT upstream, kind, state, CASE state WHEN 'given-up' THEN reason END AS reason, count(*) AS n FROM enrichment_queue GROUP BY 1, 2, 3, 4`,
      );
      const count = (state: string) => rows.filter((row) => row.state === state).reduce((sum, { n }) => sum + n, 0);
      const givenUp: Record<string, number> = {};
      const byUpstream: Record<string, UpstreamWork> = {};
      for (const { upstream, kind, state, reason, n } of rows) {
        if (state === 'given-up') givenUp[reason ?? 'unknown'] = (givenUp[reason ?? 'unknown'] ?? 0) + n;
        const here = (byUpstream[upstream] ??= { waiting: 0, done: 0, kinds: {} });
        if (state === 'waiting' || state === 'running') {
          here.waiting += n;
          here.kinds[kind] = (here.kinds[kind] ?? 0) + n;
        } else here.done += n;
      }
      return { waiting: count('waiting'), running: count('running'), done: count('done'), givenUp, byUpstream };
    },
    secondsEach(upstream) {
      const { n, first } = db.get<{ n: number; first: number | null }>(
        `SELECT count(*) AS n, min(updated_at) AS first FROM enrichment_queue WHERE upstream = ? AND state IN ('done', 'given-up') AND updated_at >= ?`,
        upstream,
        now() - PACE_SECONDS,
      )!;
      return n < FEW || first === null ? null : (now() - first) / n;
    },
    doneSince: (kind, since) =>
      db.get<{ n: number }>(
        `SELECT count(*) AS n FROM enrichment_queue WHERE kind = ? AND state = 'done' AND updated_at >= ?`,
        kind,
        since,
      )!.n,
  };
}
