import { defineJob, type AppJob } from './job.ts';
import type { JobDependencies } from './dependencies.ts';

/** Fetches Spotify's next token before the present one runs out after an hour. */
export const refreshSpotifyToken = (dependencies: JobDependencies): AppJob =>
  defineJob({
    id: 'refresh_spotify_token',
    schedule: '0 * * * *',
    timeLimitSeconds: 120,
    async run({ signal }) {
      const validUntil = await dependencies.refreshSpotifyToken(signal);
      return { outcome: 'done', summary: validUntil === null ? { skipped: 'not-configured' } : { validUntil } };
    },
  });
