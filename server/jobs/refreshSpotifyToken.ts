import { defineJob, type HouseJob } from './job.ts';
import type { JobMeans } from './means.ts';

/** Fetches Spotify's next token before the present one runs out after an hour. */
export const refreshSpotifyToken = (means: JobMeans): HouseJob =>
  defineJob({
    id: 'refresh_spotify_token',
    schedule: '0 * * * *',
    timeLimitSeconds: 120,
    async run({ signal }) {
      const validUntil = await means.refreshSpotifyToken(signal);
      return { outcome: 'done', summary: validUntil === null ? { skipped: 'not-configured' } : { validUntil } };
    },
  });
