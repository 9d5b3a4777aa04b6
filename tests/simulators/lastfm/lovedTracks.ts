export interface SimulatedLove {
  artist: string;
  title: string;
  /** Seconds since the epoch. */
  lovedAt: number;
}

const key = (artist: string, title: string) => `${artist.toLowerCase()}\n${title.toLowerCase()}`;

/** The tracks a person loves, whatever the case of their names. */
export class LovedTracks {
  readonly #tracks = new Map<string, SimulatedLove>();

  love(track: SimulatedLove): void {
    const place = key(track.artist, track.title);
    if (!this.#tracks.has(place)) this.#tracks.set(place, track);
  }

  unlove(artist: string, title: string): void {
    this.#tracks.delete(key(artist, title));
  }

  has(artist: string, title: string): boolean {
    return this.#tracks.has(key(artist, title));
  }

  /** The latest loved first. */
  get all(): SimulatedLove[] {
    return [...this.#tracks.values()].sort((a, b) => b.lovedAt - a.lovedAt);
  }
}
