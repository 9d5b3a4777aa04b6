import { ConfigError } from '../config.ts';
import { HttpError, refusedSetting } from '../http/httpError.ts';
import { backupRoutes } from '../http/routes/backups.ts';
import { jobRoutes } from '../http/routes/jobs.ts';
import { retentionRoutes, type RetentionDesk } from '../http/routes/retention.ts';
import { ArchiveRestores } from '../jobs/archiveRestores.ts';
import type { JobMeans } from '../jobs/means.ts';
import { jobs } from '../jobs/registry.ts';
import { type JobStatus, Scheduler } from '../jobs/scheduler.ts';
import { backupHealth } from '../health/backup.ts';
import { jobsHealth } from '../health/jobs.ts';
import { nowSeconds } from '../kit/clock.ts';
import { remembered } from '../kit/remembered.ts';
import { openBackups } from '../library/backups.ts';
import { restorePlan } from '../library/restorePlan.ts';
import type { FallingOut } from '../library/retention.ts';
import { watchBackups } from './backupWatch.ts';
import type { ModuleContext, Module } from './module.ts';
import { gauge } from '../kit/meters/exposition.ts';

/** Seconds. */
const DAY = 86_400;
/** For so long health tells again how well the library is backed up: both folders are read for it. Milliseconds. */
const FRESH_MS = 10_000;

/** Recurring work: the jobs with their schedules, backups, retention and the archive. */
export function createJobsModule(context: ModuleContext, refreshSpotifyToken: JobMeans['refreshSpotifyToken']): Module {
  const { config, library, hub, clock, log } = context;
  const { household, retention, archive } = library;
  const timeZone = () => household.get().timeZone;
  const backups = openBackups({
    library,
    configDir: config.directory,
    secondFolder: () => config.get('backups.secondFolder') || null,
    clock,
    log,
    timeZone,
  });
  const backupWatch = watchBackups(
    backups,
    (backup) => library.availability.soon('backups', () => household.update({ backup })),
    clock,
    log,
  );
  const retentionDays = () => config.get('retention.days');

  const scheduler = new Scheduler({
    jobs: jobs({ library, household, backups, retentionDays, refreshSpotifyToken }),
    runs: library.jobRuns,
    clock,
    log,
    timeZone,
    soon: library.availability.soon,
    onChange(status) {
      hub.publish({ event: 'progress', data: progressOf(status) });
      if (status.id === 'backup_database' && !status.running) backupWatch.look();
    },
  });
  const restores = new ArchiveRestores(archive, log, (data) => {
    hub.publish({ event: 'progress', data });
    if (data.state === 'done') household.note({ retentionQuestion: retention.waiting(retentionDays()) });
  });

  const desk: RetentionDesk = {
    status: () => ({
      days: retentionDays(),
      decided: retention.isDecided(retentionDays()),
      waiting: retention.waiting(retentionDays()),
    }),
    decide(days, seen) {
      if (seen !== null && (seen.days !== retentionDays() || (days > 0 && isMore(retention.waiting(days), seen)))) {
        throw new HttpError({ code: 'question-changed' });
      }
      try {
        config.change({ 'retention.days': days });
      } catch (error) {
        if (error instanceof ConfigError) throw refusedSetting(error, 'days');
        throw error;
      }
      retention.decide(days);
      household.update({ retentionQuestion: null });
    },
  };

  config.onChange((keys) => {
    if (keys.includes('retention.days'))
      household.update({ retentionDays: retentionDays(), retentionQuestion: retention.waiting(retentionDays()) });
    if (keys.includes('backups.secondFolder')) backupWatch.look();
    if (!keys.includes('timezone')) return;
    household.update({ timeZone: config.get('timezone') });
    scheduler.reckonAgain();
    // The months of the rollups are the household's: they are counted anew by its new clocks.
    scheduler.runNow('compute_analytics');
  });

  const backupStatus = remembered(clock, FRESH_MS, () => backupWatch.status());
  const plan = restorePlan(config.get('dataDir'), config.directory);
  return {
    routes: [
      ...jobRoutes(scheduler, library.jobRuns),
      ...backupRoutes(backups, plan, backupWatch),
      ...retentionRoutes(desk, archive, restores),
    ],
    start() {
      scheduler.start();
      backupWatch.start();
    },
    clockSet: () => scheduler.clockSet(),
    async close() {
      await Promise.all([scheduler.close(), restores.close(), backups.close(), backupWatch.close()]);
    },
    // A run that ended while a device was away is told like one that ends now.
    greeting: () =>
      scheduler
        .list()
        .filter(({ lastRun }) => lastRun !== null)
        .map((status) => ({ event: 'progress', data: progressOf(status) })),
    health: async () => ({
      backup: backupHealth(await backupStatus(), nowSeconds(clock)),
      // Until somebody has taken note of it: what was chosen did not come back.
      ...(plan.failure() !== null && { restore: { state: 'failing' as const, code: 'failed' as const } }),
      jobs: jobsHealth(scheduler.list(), (id) => library.jobRuns.lastSuccessAt(id), nowSeconds(clock)),
    }),
    gauges: () => [
      gauge(
        'aime_jobs_running',
        'Jobs that run at this moment.',
        scheduler.list().filter(({ running }) => running).length,
      ),
    ],
  };
}

/** A run as the event stream tells it: `job:<id>`, beginning and end. */
function progressOf({ id, running, lastRun }: JobStatus) {
  const failed = lastRun?.outcome === 'failed' || lastRun?.outcome === 'timed-out';
  const state = running ? ('running' as const) : failed ? ('failed' as const) : ('done' as const);
  return {
    work: `job:${id}`,
    state,
    done: running ? 0 : 1,
    total: 1,
    ...(lastRun?.error && { message: lastRun.error }),
    ...(lastRun?.problem && { problem: lastRun.problem }),
  };
}

/** Whether more leaves the journal than a person was told, or by a clock that they were not told of. */
function isMore(now: FallingOut | null, seen: FallingOut): boolean {
  if (now === null) return false;
  return (
    now.listens > seen.listens ||
    now.oldest < seen.oldest ||
    (now.clock !== undefined && (seen.clock === undefined || now.clock - seen.clock > DAY))
  );
}
