/** Every job of the house by the name that schedules, runs and both languages know it by. Its words and its result follow from this list: see docs/adding-a-job.md. */
export const jobIds = ['backup_database', 'cleanup_old_tracks', 'compute_analytics', 'refresh_spotify_token'] as const;

export type JobId = (typeof jobIds)[number];

export const isJobId = (id: string): id is JobId => (jobIds as readonly string[]).includes(id);
