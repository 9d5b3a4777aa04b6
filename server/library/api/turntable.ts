/** What plays at the turntable by a person's choice. Its tracks become listens when their time has come, and not before. */
export interface Turntable {
  /** Writes what has been heard by now, and lists whole records by their tracks where these became known. To be called at a start, and whenever `nextAt` has come. */
  settle(): void;
  /** When there is something to write again, seconds since the epoch; null while nothing plays. */
  nextAt(): number | null;
}
