import { defineJob, type AppJob } from './job.ts';
import type { JobDependencies } from './dependencies.ts';

/**
 * Archives listens that are older than the retention period. What nobody has decided upon yet is not touched: the job waits, and the
 * household document asks.
 */
export const cleanupOldTracks = ({ library, household, retentionDays }: JobDependencies): AppJob =>
  defineJob({
    id: 'cleanup_old_tracks',
    schedule: '0 3 * * *',
    timeLimitSeconds: 3_600,
    async run({ signal, log }) {
      const days = retentionDays();
      const waiting = library.retention.waiting(days);
      household.note({ retentionQuestion: waiting });
      if (waiting?.clock !== undefined)
        log.warn('nothing is archived: the clock is weeks ahead of the last night', {
          clock: new Date(waiting.clock * 1000).toISOString(),
          listens: waiting.listens,
        });
      if (waiting !== null) return { outcome: 'waiting', summary: { days, ...waiting } };
      library.retention.reached();
      if (days === 0) return { outcome: 'done', summary: { days, archived: 0 } };
      const { listens, files, changed } = await library.archive.removeBefore(library.retention.cutoff(days), {
        signal,
      });
      return {
        outcome: 'done',
        summary: { days, archived: listens, files, ...(changed > 0 && { leftForNextTime: changed }) },
      };
    },
  });
