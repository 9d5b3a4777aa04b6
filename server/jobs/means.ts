import type { Backups } from '../library/backups.ts';
import type { Household, Library } from '../library/contract.ts';

/** What the jobs work with. */
export interface JobMeans {
  library: Pick<Library, 'archive' | 'retention' | 'rollups'>;
  household: Household;
  backups: Backups;
  /** Days a listen stays in the journal; 0 is for ever. */
  retentionDays: () => number;
  /** Fetches a new Spotify token. @returns when it runs out, seconds since the epoch; null when Spotify is not connected. */
  refreshSpotifyToken: (signal: AbortSignal) => Promise<number | null>;
}
