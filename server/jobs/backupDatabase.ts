import { defineJob, type AppJob } from './job.ts';
import type { JobDependencies } from './dependencies.ts';

/** Makes a verified backup, then removes those beyond 7 daily, 4 weekly and 12 monthly ones. An empty library needs none. */
export const backupDatabase = ({ backups }: JobDependencies): AppJob =>
  defineJob({
    id: 'backup_database',
    schedule: '0 2 * * *',
    timeLimitSeconds: 1_800,
    mayFinish: true,
    async run({ signal }) {
      const made = await backups.make('scheduled', {}, signal);
      if (made === null) return { outcome: 'done', summary: { skipped: 'empty' } };
      const removed = await backups.prune();
      return { outcome: 'done', summary: { file: made.name, bytes: made.bytes, removed } };
    },
  });
