import type { JobRun } from '#shared/api/jobs.ts';
import type { JobOutcome, JobRuns } from '../api/jobs.ts';
import type { Core } from '../core.ts';
import { readProblem, storedProblem } from '../database/storedProblem.ts';

interface RunRow {
  id: number;
  started_at: number;
  ended_at: number | null;
  outcome: JobOutcome | null;
  summary: string | null;
  error: string | null;
  trigger: JobRun['trigger'];
}

/** Runs stored of each job. */
const MAX_RUNS = 1_000;

export function openJobRuns({ db }: Pick<Core, 'db'>): JobRuns {
  const ensure = (jobId: string) => db.run('INSERT OR IGNORE INTO jobs (id) VALUES (?)', jobId);
  return {
    closeInterrupted: (now) =>
      db.run(`UPDATE job_runs SET ended_at = ?, outcome = 'interrupted' WHERE ended_at IS NULL`, now).changes,
    settings(jobId) {
      const row = db.get<{ schedule: string | null; enabled: number; due_at: number | null }>(
        'SELECT schedule, enabled, due_at FROM jobs WHERE id = ?',
        jobId,
      );
      return { schedule: row?.schedule ?? null, enabled: row?.enabled !== 0, dueAt: row?.due_at ?? null };
    },
    configure(jobId, change) {
      db.transaction(() => {
        ensure(jobId);
        if (change.schedule !== undefined) db.run('UPDATE jobs SET schedule = ? WHERE id = ?', change.schedule, jobId);
        if (change.enabled !== undefined)
          db.run('UPDATE jobs SET enabled = ? WHERE id = ?', Number(change.enabled), jobId);
        if (change.dueAt !== undefined) db.run('UPDATE jobs SET due_at = ? WHERE id = ?', change.dueAt, jobId);
      });
    },
    begin: (jobId, trigger, now) =>
      db.run('INSERT INTO job_runs (job_id, started_at, trigger) VALUES (?, ?, ?)', jobId, now, trigger).lastId,
    end(runId, { outcome, summary, error, problem }, now) {
      db.transaction(() => {
        db.run(
          'UPDATE job_runs SET ended_at = ?, outcome = ?, summary = ?, error = ? WHERE id = ? AND ended_at IS NULL',
          now,
          outcome,
          summary === undefined ? null : JSON.stringify(summary),
          problem === undefined ? (error ?? null) : storedProblem(problem, error ?? ''),
          runId,
        );
        db.run(
          `DELETE FROM job_runs WHERE job_id = (SELECT job_id FROM job_runs WHERE id = ?1)
           AND id <= (SELECT id FROM job_runs WHERE job_id = (SELECT job_id FROM job_runs WHERE id = ?1) ORDER BY id DESC LIMIT 1 OFFSET ?2)`,
          runId,
          MAX_RUNS,
        );
      });
    },
    last(jobId) {
      const row = db.get<RunRow>(`SELECT ${COLUMNS} FROM job_runs WHERE job_id = ? ORDER BY id DESC LIMIT 1`, jobId);
      return row ? toRun(row) : null;
    },
    lastSuccessAt: (jobId) =>
      db.get<{ at: number }>(
        `SELECT ended_at AS at FROM job_runs WHERE job_id = ? AND outcome = 'done' AND ended_at IS NOT NULL ORDER BY id DESC LIMIT 1`,
        jobId,
      )?.at ?? null,
    list(jobId, { page, pageSize }) {
      const total = db.get<{ n: number }>('SELECT count(*) AS n FROM job_runs WHERE job_id = ?', jobId)!.n;
      const rows = db.all<RunRow>(
        `SELECT ${COLUMNS} FROM job_runs WHERE job_id = ? ORDER BY id DESC LIMIT ? OFFSET ?`,
        jobId,
        pageSize,
        (page - 1) * pageSize,
      );
      return { items: rows.map(toRun), total };
    },
  };
}

const COLUMNS = 'id, started_at, ended_at, outcome, summary, error, trigger';

const toRun = (row: RunRow): JobRun => {
  const { message, problem } = readProblem(row.error);
  return {
    id: row.id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
    summary: row.summary === null ? null : summaryOf(row.summary),
    error: message,
    problem,
    trigger: row.trigger,
  };
};

/** What a run said of itself; as it stands there when it is no JSON any more. */
function summaryOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
