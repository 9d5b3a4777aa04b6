/** Every job of the server by the name that schedules, runs and both languages use. Its messages and its result follow from this list: see docs/adding-a-job.md. */
export const jobIds = ['backup_database', 'cleanup_old_tracks', 'compute_analytics', 'refresh_spotify_token'] as const;

export type JobId = (typeof jobIds)[number];

export const isJobId = (id: string): id is JobId => (jobIds as readonly string[]).includes(id);
