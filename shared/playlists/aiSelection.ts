import type { Analysis } from '../analytics/analysis.ts';
import { ALL_TIME } from '../analytics/period.ts';
import { tallyTracks } from '../analytics/tally.ts';
import { findCandidates, refusedByOptions } from './candidates.ts';
import type { PlaylistOptions } from './options.ts';
import { relevance } from './relevance.ts';
import { seededRandom } from './seededRandom.ts';

/** The most tracks a model is shown: about 10,000 tokens of titles. */
export const AI_CANDIDATES = 300;
/** Of one artist, so that no discography crowds the others out. */
const PER_ARTIST = 12;

/** A track as it is described to a model. */
export interface AiCandidate {
  trackId: number;
  title: string;
  artists: string[];
  album: string | null;
  year: number | null;
  genres: string[];
  listens: number;
  loved: boolean;
}

/**
 * The part of the library that a model chooses from: first what the prompt speaks of (artists, albums, titles, genres,
 * decades), at most two thirds; then what is heard most and loved; then others by chance, an artist at a time. The options'
 * filters hold here already. The same prompt, seed and library give the same choice.
 */
export function chooseAiCandidates(
  analysis: Analysis,
  prompt: string,
  options: PlaylistOptions,
  limit = AI_CANDIDATES,
): AiCandidate[] {
  const { library } = analysis;
  const { all } = findCandidates(analysis, options);
  const listens = tallyTracks(analysis, ALL_TIME).byTrack;
  const random = seededRandom(`ai ${options.seed ?? prompt}`);
  const score = relevance(analysis, prompt);
  const chosen = new Chosen(analysis, options, limit);

  const scored = random
    .shuffled(all.map((track) => ({ track, score: score(track) })).filter((each) => each.score > 0))
    .sort((a, b) => b.score - a.score);
  chosen.take(
    scored.map(({ track }) => track),
    Math.ceil((limit * 2) / 3),
  );

  const liking = (track: number): number => listens[track]! + (library.trackLoved[track] ? 5 : 0);
  const liked = all.filter((track) => liking(track) > 0).sort((a, b) => liking(b) - liking(a));
  chosen.take(liked, Math.ceil((limit * 5) / 6));

  chosen.take(oneArtistAfterAnother(analysis, random.shuffled(all)), limit);
  return chosen.tracks.map((track) => describe(analysis, track, listens[track]!));
}

/** Tracks taken so far, within the options and the bound of an artist. */
class Chosen {
  readonly tracks: number[] = [];
  readonly #analysis: Analysis;
  readonly #limit: number;
  readonly #taken = new Set<number>();
  readonly #perArtist = new Map<number, number>();
  readonly #options: PlaylistOptions;

  constructor(analysis: Analysis, options: PlaylistOptions, limit: number) {
    this.#analysis = analysis;
    this.#limit = limit;
    this.#options = options;
  }

  /** Takes from these, the first first, until there are `upTo` in all. */
  take(tracks: Iterable<number>, upTo: number): void {
    for (const track of tracks) {
      if (this.tracks.length >= Math.min(upTo, this.#limit)) return;
      const artists = this.#analysis.library.trackArtists[track]!;
      if (this.#taken.has(track) || artists.some((artist) => (this.#perArtist.get(artist) ?? 0) >= PER_ARTIST))
        continue;
      if (refusedByOptions(this.#analysis, this.#options, track)) continue;
      this.#taken.add(track);
      this.tracks.push(track);
      for (const artist of artists) this.#perArtist.set(artist, (this.#perArtist.get(artist) ?? 0) + 1);
    }
  }
}

/** The tracks in rounds: in each round one of every artist that has any left. */
function oneArtistAfterAnother({ library }: Analysis, tracks: readonly number[]): number[] {
  const round = new Map<number, number>();
  return tracks
    .map((track) => {
      const artist = library.trackArtists[track]![0] ?? -1;
      const turn = round.get(artist) ?? 0;
      round.set(artist, turn + 1);
      return { track, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ track }) => track);
}

function describe({ library }: Analysis, track: number, listens: number): AiCandidate {
  const album = library.trackAlbum[track]!;
  return {
    trackId: library.trackIds[track]!,
    title: library.trackTitles[track]!,
    artists: library.trackArtists[track]!.map((artist) => library.artistNames[artist]!),
    album: library.albumTitles[album] ?? null,
    year: album >= 0 ? library.originalYear(library.albumGroup[album]!) || null : null,
    genres: (library.albumGenres[album] ?? []).map((genre) => library.genres.names[genre]!),
    listens,
    loved: library.trackLoved[track] === 1,
  };
}
