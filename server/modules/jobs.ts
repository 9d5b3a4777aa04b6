import type { Job } from '#shared/api/jobs.ts';
import { ArchiveRestores } from '../jobs/archiveRestores.ts';
import type { JobDependencies } from '../jobs/dependencies.ts';
import { jobs } from '../jobs/registry.ts';
import { Scheduler } from '../jobs/scheduler.ts';
import { backupHealth } from '../health/backup.ts';
import { jobsHealth } from '../health/jobs.ts';
import { nowSeconds } from '../kit/clock.ts';
import { remembered } from '../kit/remembered.ts';
import type { Backups } from '../library/api/backups.ts';
import { openBackups, restorePlan } from '../library/index.ts';
import type { RestorePlan } from '../library/api/restore.ts';
import { type BackupWatch, watchBackups } from './backupWatch.ts';
import type { ModuleContext, Module } from './module.ts';
import { createRetention, type Retention } from './retention.ts';
import { gauge } from '../kit/meters/exposition.ts';

/** For so long health answers from memory how well the library is backed up: both folders are read for it. Milliseconds. */
const FRESH_MS = 10_000;

export interface JobsModule extends Module {
  scheduler: Scheduler;
  backups: Backups;
  backupWatch: BackupWatch;
  /** Which backup takes the library's place at the next start. */
  restorePlan: RestorePlan;
  retention: Retention;
  archiveRestores: ArchiveRestores;
}

/** Recurring work: the jobs with their schedules, backups, retention and the archive. */
export function createJobsModule(
  context: ModuleContext,
  refreshSpotifyToken: JobDependencies['refreshSpotifyToken'],
): JobsModule {
  const { config, library, hub, clock, log } = context;
  const { household, archive } = library;
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
  const retention = createRetention(config, library);

  const scheduler = new Scheduler({
    jobs: jobs({ library, household, backups, retentionDays: retention.days, refreshSpotifyToken }),
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
  const restores = new ArchiveRestores({
    archive,
    clock,
    log,
    publish(data) {
      hub.publish({ event: 'progress', data });
      if (data.state === 'done') household.note({ retentionQuestion: retention.status().waiting });
    },
  });

  config.onChange((keys) => {
    if (keys.includes('retention.days'))
      household.update({ retentionDays: retention.days(), retentionQuestion: retention.status().waiting });
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
    scheduler,
    backups,
    backupWatch,
    restorePlan: plan,
    retention,
    archiveRestores: restores,
    start() {
      scheduler.start();
      backupWatch.start();
    },
    clockSet: () => scheduler.clockSet(),
    async close() {
      await Promise.all([scheduler.close(), restores.close(), backups.close(), backupWatch.close()]);
    },
    // A run that ended while a device was away is announced like one that ends now.
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

/** A run as the event stream announces it: `job:<id>`, beginning and end. */
function progressOf({ id, running, lastRun }: Job) {
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
