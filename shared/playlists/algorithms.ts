import type { Analysis } from '../analytics/analysis.ts';
import { compareDocumentIds } from '../analytics/documentIds.ts';
import { ALL_TIME } from '../analytics/period.ts';
import { tallyArtists, trackOfListens } from '../analytics/tally.ts';
import type { PlaylistAlgorithm } from '../library/playlist.ts';
import type { Candidates } from './candidates.ts';
import type { PlaylistOptions } from './options.ts';
import type { SeededRandom } from './seededRandom.ts';

/** An algorithm that needs no AI: offers tracks, the best first, until nobody wants more. */
export type LocalAlgorithm = Exclude<PlaylistAlgorithm, 'ai'>;

export interface DrawContext {
  analysis: Analysis;
  candidates: Candidates;
  options: PlaylistOptions;
  random: SeededRandom;
}

const TOP_ARTISTS = 10;
/** `discover` draws from the least heard quarter of the artists; from more, up to half, where that is few. */
const FEW_ARTISTS = 20;

/** The candidates heard in the period, when one is asked for. */
function heardInPeriod({ candidates, options }: DrawContext): readonly number[] {
  return options.period ? candidates.all.filter((track) => candidates.listens[track]! > 0) : candidates.all;
}

/** The last distinct tracks, newest first. */
function* recent({ analysis, options }: DrawContext): Iterable<number> {
  const tracks = trackOfListens(analysis);
  const { from, to } = options.period ?? ALL_TIME;
  const seen = new Set<number>();
  for (const [start, end] of analysis.journal.periodRanges(from, to).reverse()) {
    for (let row = end - 1; row >= start; row--) {
      const track = tracks[row]!;
      if (track < 0 || seen.has(track)) continue;
      seen.add(track);
      yield track;
    }
  }
}

function loved(context: DrawContext): Iterable<number> {
  const { library } = context.analysis;
  return context.random.shuffled(heardInPeriod(context).filter((track) => library.trackLoved[track]));
}

function random(context: DrawContext): Iterable<number> {
  return context.random.shuffled(heardInPeriod(context));
}

/** Tracks of albums whose first release was in the decade. */
function decade(context: DrawContext): Iterable<number> {
  const { library } = context.analysis;
  const first = context.options.decade ?? NaN;
  const isOfDecade = (track: number): boolean => {
    const album = library.trackAlbum[track]!;
    const year = album >= 0 ? library.originalYear(library.albumGroup[album]!) : 0;
    return year >= first && year < first + 10;
  };
  return context.random.shuffled(heardInPeriod(context).filter(isOfDecade));
}

/** The ten artists most listened to, in turn; of each the tracks by chance, what was heard more the likelier. */
function topArtists(context: DrawContext): Iterable<number> {
  const { analysis, candidates, options } = context;
  const { library } = analysis;
  const listens = tallyArtists(analysis, options.period ?? ALL_TIME);
  const ranked = [...listens.keys()]
    .filter((artist) => listens[artist]! > 0)
    .sort((a, b) => listens[b]! - listens[a]! || compareDocumentIds(library.artistIds[a]!, library.artistIds[b]!));
  const tracks = tracksByArtist(context, heardInPeriod(context));
  const turns = ranked.slice(0, TOP_ARTISTS).map((artist) => {
    const own = tracks.get(artist) ?? [];
    return byWeight(
      own,
      own.map((track) => candidates.listens[track]! + 1),
      context,
    );
  });
  return inTurn(turns);
}

/** Artists little listened to, one track of each in turn, what was never heard first. */
function discover(context: DrawContext): Iterable<number> {
  const { analysis, candidates, options } = context;
  const { library } = analysis;
  const listens = tallyArtists(analysis, options.period ?? ALL_TIME);
  const tracks = tracksByArtist(context, candidates.all);
  const artists = context.random
    .shuffled([...tracks.keys()].sort((a, b) => compareDocumentIds(library.artistIds[a]!, library.artistIds[b]!)))
    .sort((a, b) => listens[a]! - listens[b]!);
  const wanted = Math.max(FEW_ARTISTS, options.length, artists.length / 4);
  let enough = Math.ceil(Math.min(wanted, artists.length / 2));
  // Nobody is left out who was heard just as little.
  while (enough < artists.length && listens[artists[enough]!] === listens[artists[enough - 1]!]) enough++;
  const turns = context.random
    .shuffled(artists.slice(0, enough))
    .map((artist) =>
      context.random.shuffled(tracks.get(artist)!).sort((a, b) => candidates.listens[a]! - candidates.listens[b]!),
    );
  return inTurn(turns);
}

function tracksByArtist({ analysis }: DrawContext, tracks: readonly number[]): Map<number, number[]> {
  const byArtist = new Map<number, number[]>();
  for (const track of tracks) {
    for (const artist of analysis.library.trackArtists[track]!) {
      const own = byArtist.get(artist);
      if (own) own.push(track);
      else byArtist.set(artist, [track]);
    }
  }
  return byArtist;
}

/** The tracks one after the other by chance, each draw as likely as its weight. */
function* byWeight(tracks: readonly number[], weights: number[], { random }: DrawContext): Iterable<number> {
  for (let left = tracks.length; left > 0; left--) {
    const chosen = random.weighted(weights);
    weights[chosen] = 0;
    yield tracks[chosen]!;
  }
}

/** One of the first list, one of the second …, then again from the first, until all are through. */
function* inTurn(lists: readonly Iterable<number>[]): Iterable<number> {
  let turns = lists.map((list) => list[Symbol.iterator]());
  while (turns.length > 0) {
    const going: Iterator<number>[] = [];
    for (const turn of turns) {
      const next = turn.next();
      if (next.done) continue;
      going.push(turn);
      yield next.value;
    }
    turns = going;
  }
}

/** The six algorithms that need no AI. */
export const algorithms: Record<LocalAlgorithm, (context: DrawContext) => Iterable<number>> = {
  recent,
  loved,
  top_artists: topArtists,
  random,
  discover,
  decade,
};
