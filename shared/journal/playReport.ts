/** What a source reports of one play. */
export interface PlayReport {
  /** Start of the play, whole seconds since the epoch, UTC. */
  playedAt: number;
  artist: string;
  /** The album's artist where the source gives it besides the track's. */
  albumArtist?: string;
  title: string;
  album?: string;
  durationSeconds?: number;
  artistMbid?: string;
  trackMbid?: string;
  albumMbid?: string;
  /** The source's own word on whether the person loves the track; absent when it says nothing. */
  loved?: boolean;
  /** Page of the artist at the source. */
  artistUrl?: string;
  imageUrl?: string;
  /** The entry as it came, for evidence. JSON-serialisable. */
  raw: unknown;
}
