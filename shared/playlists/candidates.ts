import type { Analysis } from '../analytics/analysis.ts';
import { lastHeard } from '../analytics/heard.ts';
import { NOWHERE } from '../analytics/libraryIndex.ts';
import { ALL_TIME } from '../analytics/period.ts';
import { tallyTracks } from '../analytics/tally.ts';
import type { PlaylistOptions } from './options.ts';

/** Tracks by their number in the library index, from which an algorithm draws. */
export interface Candidates {
  /** Every track that may be drawn, by ascending track id, so that documents may come in any order. */
  all: readonly number[];
  /** Listens by track number in the period asked for. */
  listens: Int32Array;
}

/**
 * The tracks a list may be drawn from: what the library carries and is owned, heard or loved. Records only wished for, headings, and
 * parts of an index track that were never heard by themselves, are not drawn.
 */
export function findCandidates(analysis: Analysis, options: PlaylistOptions): Candidates {
  return { all: drawable(analysis), listens: tallyTracks(analysis, options.period ?? ALL_TIME).byTrack };
}

function drawable(analysis: Analysis): readonly number[] {
  return analysis.derive('drawable', () => {
    const { library } = analysis;
    const ever = tallyTracks(analysis, ALL_TIME).byTrack;
    const all: number[] = [];
    let sorted = true;
    for (let track = 0; track < library.trackIds.length; track++) {
      const album = library.trackAlbum[track]!;
      if (album === NOWHERE || library.trackIsWhole[track]) continue;
      const known = ever[track]! > 0 || library.trackLoved[track] === 1;
      if (!known && album >= 0 && library.albumWanted[album] && !library.albumOwned[album]) continue;
      if (!known && (library.trackIsPart[track] || library.trackIsHeading[track])) continue;
      sorted &&= all.length === 0 || library.trackIds[all[all.length - 1]!]! < library.trackIds[track]!;
      all.push(track);
    }
    return sorted ? all : all.sort((a, b) => library.trackIds[a]! - library.trackIds[b]!);
  });
}

/** Why tracks that an algorithm offered were left out, by the option that says so. */
export interface LeftOut {
  notOwned: number;
  heardSince: number;
  artistFull: number;
  /** The same title from another pressing is on the list. */
  otherPressing: number;
}

/** A list being drawn: takes tracks one after the other, as far as the options allow. */
export class Draw {
  readonly tracks: number[] = [];
  readonly leftOut: LeftOut = { notOwned: 0, heardSince: 0, artistFull: 0, otherPressing: 0 };
  readonly #analysis: Analysis;
  readonly #options: PlaylistOptions;
  readonly #offered = new Set<number>();
  readonly #perArtist = new Map<number, number>();
  /** The album by group and title. */
  readonly #titles = new Map<string, number>();

  constructor(analysis: Analysis, options: PlaylistOptions) {
    this.#analysis = analysis;
    this.#options = options;
  }

  /** How many different tracks were offered. */
  get offered(): number {
    return this.#offered.size;
  }

  get isFull(): boolean {
    return this.tracks.length >= this.#options.length;
  }

  /** Takes the track if there is room and every option agrees; says whether it did. */
  offer(track: number): boolean {
    if (this.isFull || this.#offered.has(track)) return false;
    this.#offered.add(track);
    const refusal = this.#refusal(track);
    if (refusal) {
      this.leftOut[refusal]++;
      return false;
    }
    this.tracks.push(track);
    for (const artist of this.#analysis.library.trackArtists[track]!) {
      this.#perArtist.set(artist, (this.#perArtist.get(artist) ?? 0) + 1);
    }
    return true;
  }

  #refusal(track: number): keyof LeftOut | undefined {
    const { library } = this.#analysis;
    const refused = refusedByOptions(this.#analysis, this.#options, track);
    if (refused) return refused;
    const most = this.#options.maxPerArtist ?? Infinity;
    const isFull = (artist: number): boolean => (this.#perArtist.get(artist) ?? 0) >= most;
    if (library.trackArtists[track]!.some(isFull)) return 'artistFull';
    const album = library.trackAlbum[track]!;
    if (album < 0) return undefined;
    const title = `${library.albumGroup[album]} ${library.trackTitles[track]!.toLowerCase()}`;
    if ((this.#titles.get(title) ?? album) !== album) return 'otherPressing';
    this.#titles.set(title, album);
    return undefined;
  }
}

/** Which option, if any, will not have this track, whatever else is on the list. */
export function refusedByOptions(
  analysis: Analysis,
  { ownedOnly, notHeardSince }: PlaylistOptions,
  track: number,
): 'notOwned' | 'heardSince' | undefined {
  if (ownedOnly && !isOnShelf(analysis, track)) return 'notOwned';
  if (notHeardSince !== undefined && lastHeard(analysis)[track]! >= notHeardSince) return 'heardSince';
  return undefined;
}

/** Whether any pressing of the track's album stands on the shelf. */
function isOnShelf({ library }: Analysis, track: number): boolean {
  const album = library.trackAlbum[track]!;
  return (
    album >= 0 && library.groupAlbums[library.albumGroup[album]!]!.some((pressing) => library.albumOwned[pressing])
  );
}
