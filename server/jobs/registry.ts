import { backupDatabase } from './backupDatabase.ts';
import { cleanupOldTracks } from './cleanupOldTracks.ts';
import { computeAnalytics } from './computeAnalytics.ts';
import type { AppJob } from './job.ts';
import type { JobDependencies } from './dependencies.ts';
import { refreshSpotifyToken } from './refreshSpotifyToken.ts';

/** Every job there is. To add one, write its file and name it here. */
export const jobs = (dependencies: JobDependencies): AppJob[] => [
  backupDatabase(dependencies),
  cleanupOldTracks(dependencies),
  computeAnalytics(dependencies),
  refreshSpotifyToken(dependencies),
];
