/** A love made or taken back by a person, with the names that Last.fm knows the track by. */
export interface UnsentLove {
  trackId: number;
  artist: string;
  title: string;
  loved: boolean;
}

export interface Loves {
  /**
   * Takes over what Last.fm says of a track, only where it differs from the value last seen there.
   * @returns true when the track's state changed here.
   */
  seenUpstream(track: { artist: string; title: string }, loved: boolean): boolean;
  /** The rows of the recording that has this name here, or had it before an artist became another; none where there is none. */
  named(track: { artist: string; title: string }): readonly number[];
  /** Loves made or taken back by a person here that Last.fm has not been sent: oldest first. */
  unsent(): UnsentLove[];
  /** Last.fm has this love of the recording now. */
  markSent(trackId: number, loved: boolean): void;
  /** Tracks whose upstream value was "loved" when last seen, for finding those no longer in a full list. */
  lovedUpstream(): { trackId: number; artist: string; title: string }[];
  /** The rows of the recording that a track is of, also by an id that it had before it became one with another; none where it is gone. */
  recordingOf(trackId: number): readonly number[];
}
