import type { Backups } from '../library/api/backups.ts';
import type { Household } from '../library/api/household.ts';
import type { Library } from '../library/api/library.ts';

/** What the jobs work with. */
export interface JobDependencies {
  library: Pick<Library, 'archive' | 'retention' | 'rollups'>;
  household: Household;
  backups: Backups;
  /** Days a listen stays in the journal; 0 is for ever. */
  retentionDays: () => number;
  /** Fetches a new Spotify token. @returns when it runs out, seconds since the epoch; null when Spotify is not connected. */
  refreshSpotifyToken: (signal: AbortSignal) => Promise<number | null>;
}
