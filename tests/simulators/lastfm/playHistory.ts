/** One play as the simulated Last.fm keeps it. */
export interface SimulatedPlay {
  /** Start of the play, whole seconds since the epoch, UTC. */
  playedAt: number;
  artist: string;
  title: string;
  /** Absent for a play without album. */
  album?: string;
  durationSeconds?: number;
  artistMbid?: string;
  trackMbid?: string;
  albumMbid?: string;
}

export type SimulatedTrack = Omit<SimulatedPlay, 'playedAt'>;

const sameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** A person's plays in order of time; plays of one second stay in the order in which they came. Made for 100,000s of them. */
export class PlayHistory {
  readonly #plays: SimulatedPlay[];

  constructor(plays: readonly SimulatedPlay[] = []) {
    this.#plays = [...plays].sort((a, b) => a.playedAt - b.playedAt);
  }

  get size(): number {
    return this.#plays.length;
  }

  /** Oldest first. */
  get all(): readonly SimulatedPlay[] {
    return this.#plays;
  }

  /** @returns false for a play that is already there (same second, artist and title), which changes nothing. */
  add(play: SimulatedPlay): boolean {
    if (this.#find(play) !== -1) return false;
    this.#plays.splice(this.#firstAfter(play.playedAt), 0, play);
    return true;
  }

  /** @returns false when there is no such play. */
  remove(play: SimulatedPlay): boolean {
    const position = this.#find(play);
    if (position === -1) return false;
    this.#plays.splice(position, 1);
    return true;
  }

  /** Changes a play's names in its place; its stamp stays. @returns false when there is no such play. */
  correct(play: SimulatedPlay, names: Partial<SimulatedTrack>): boolean {
    const position = this.#find(play);
    if (position === -1) return false;
    this.#plays[position] = { ...this.#plays[position]!, ...names };
    return true;
  }

  /** Plays in [from, to), newest first, one page of them; and how many there are in all. */
  page(window: { from?: number | undefined; to?: number | undefined; page: number; limit: number }): {
    plays: SimulatedPlay[];
    total: number;
  } {
    const first = window.from === undefined ? 0 : this.#firstAfter(window.from - 1);
    const end = window.to === undefined ? this.#plays.length : Math.max(first, this.#firstAfter(window.to - 1));
    const newest = end - (window.page - 1) * window.limit;
    const plays = newest <= first ? [] : this.#plays.slice(Math.max(first, newest - window.limit), newest).reverse();
    return { plays, total: end - first };
  }

  /** Position of the first play later than `playedAt`. */
  #firstAfter(playedAt: number): number {
    let low = 0;
    let high = this.#plays.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#plays[middle]!.playedAt <= playedAt) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #find({ playedAt, artist, title }: SimulatedPlay): number {
    for (let position = this.#firstAfter(playedAt - 1); this.#plays[position]?.playedAt === playedAt; position += 1) {
      const there = this.#plays[position]!;
      if (sameText(there.artist, artist) && sameText(there.title, title)) return position;
    }
    return -1;
  }
}
