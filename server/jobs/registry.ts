import { backupDatabase } from './backupDatabase.ts';
import { cleanupOldTracks } from './cleanupOldTracks.ts';
import { computeAnalytics } from './computeAnalytics.ts';
import type { HouseJob } from './job.ts';
import type { JobMeans } from './means.ts';
import { refreshSpotifyToken } from './refreshSpotifyToken.ts';

/** Every job there is. To add one, write its file and name it here. */
export const jobs = (means: JobMeans): HouseJob[] => [
  backupDatabase(means),
  cleanupOldTracks(means),
  computeAnalytics(means),
  refreshSpotifyToken(means),
];
