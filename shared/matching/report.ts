/** A play as one source reports it. Times are seconds since the epoch, UTC; `playedAt` is the source's own stamp. */
export interface Report {
  /** Unique among all reports; a manual decision names two of them. */
  key: string;
  source: string;
  artist: string;
  albumArtist?: string;
  title: string;
  album?: string;
  durationSeconds?: number;
  playedAt: number;
}
