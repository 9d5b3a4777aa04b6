import type { HealthParts, PartState } from '#shared/api/health.ts';
import { type Family, gauge, type Labels } from '../kit/meters/exposition.ts';
import { readinessOf } from './serverHealth.ts';

const LEVEL: Record<PartState, number> = { ok: 0, warning: 1, failing: 2 };

/** Health as numbers. What is not known has no sample. */
export function healthFamilies(parts: HealthParts): Family[] {
  const { disk, backup, jobs, services, tracker, feed } = parts;
  const known = (value: number | null | undefined): [Labels, number][] => (value == null ? [] : [[{}, value]]);
  const states = Object.entries(parts).map(([part, { state }]: [string, { state: PartState }]): [Labels, number] => [
    { part },
    LEVEL[state],
  ]);
  const byJob = (of: (job: NonNullable<NonNullable<HealthParts['jobs']>['items']>[number]) => number | null) =>
    (jobs?.items ?? []).flatMap((job): [Labels, number][] =>
      known(of(job)).map(([, value]) => [{ job: job.id }, value]),
    );
  return [
    gauge('aime_ready', 'Whether the library can be read and written: 1, else 0.', Number(readinessOf(parts).ready)),
    gauge('aime_health_state', 'How each part is: 0 ok, 1 warning, 2 failing.', states),
    gauge('aime_disk_free_bytes', 'Free on the disk that holds the library.', known(disk?.freeBytes)),
    gauge('aime_disk_size_bytes', 'Size of the disk that holds the library.', known(disk?.totalBytes)),
    gauge(
      'aime_backup_last_success_timestamp_seconds',
      'When the newest good backup was made, seconds since the epoch.',
      known(backup?.lastGoodAt),
    ),
    gauge('aime_backup_age_seconds', 'Age of the newest good backup.', known(backup?.ageSeconds)),
    gauge('aime_backup_size_bytes', 'Size of the newest good backup.', known(backup?.bytes)),
    gauge(
      'aime_backup_ok',
      'Whether the library is backed up as it should be: 1, else 0.',
      known(backup && Number(backup.state === 'ok')),
    ),
    gauge(
      'aime_job_last_run_timestamp_seconds',
      'When the last run of a job began, seconds since the epoch.',
      byJob(({ lastRunAt }) => lastRunAt),
    ),
    gauge(
      'aime_job_last_success_timestamp_seconds',
      'When a run of a job last did what it is for, seconds since the epoch.',
      byJob(({ lastSuccessAt }) => lastSuccessAt),
    ),
    gauge(
      'aime_job_next_run_timestamp_seconds',
      'When a job is due next, seconds since the epoch.',
      byJob(({ nextRunAt }) => nextRunAt),
    ),
    gauge(
      'aime_service_attention',
      'Whether a service needs somebody: 1, else 0.',
      (services?.items ?? []).map(({ id, state }) => [{ service: id }, Number(state !== 'ok')]),
    ),
    gauge(
      'aime_tracker_lag_seconds',
      'Since the last poll of Last.fm that succeeded, or since the following began.',
      known(tracker?.lagSeconds),
    ),
    gauge('aime_tracker_interval_seconds', 'How often Last.fm is asked.', known(tracker?.intervalSeconds)),
    gauge('aime_stream_connections', 'Devices that listen to the stream.', known(feed?.connected)),
    gauge('aime_feed_seq', 'How far the change feed has come.', known(feed?.seq)),
  ];
}
