import { defineJob, type AppJob } from './job.ts';
import type { JobDependencies } from './dependencies.ts';

/**
 * Holds the monthly rollups against what is archived, and mends what differs: after albums were merged, after another time zone was
 * chosen, after a restore. Archives that are not in their folder are named.
 */
export const computeAnalytics = ({ library }: JobDependencies): AppJob =>
  defineJob({
    id: 'compute_analytics',
    schedule: '0 4 * * *',
    timeLimitSeconds: 1_800,
    async run({ signal }) {
      const rollups = await library.rollups.verify({ signal });
      const missing = (await library.archive.list()).filter(({ bytes }) => bytes === null).map(({ name }) => name);
      return { outcome: 'done', summary: { ...rollups, ...(missing.length > 0 && { missingArchives: missing }) } };
    },
  });
