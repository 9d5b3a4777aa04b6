import type { Analysis } from '../analytics/analysis.ts';
import { foldForSearch } from '../matching/fold.ts';
import { promptDecades, promptTerms } from './promptTerms.ts';

/** What it counts for a track that the prompt names its artist, album … in full; a single word of it counts a quarter. */
const WEIGHTS = { artist: 12, album: 8, style: 8, genre: 8, decade: 8, title: 6 };
/** Shorter titles are found inside other words. */
const TITLE_AT_LEAST = 6;

/** How much of the prompt speaks of a track, by track number; 0 for nothing. */
export function relevance(analysis: Analysis, prompt: string): (track: number) => number {
  const { library } = analysis;
  const terms = promptTerms(prompt);
  const decades = promptDecades(prompt);
  const phrase = ` ${foldForSearch(prompt)} `;
  const plain = prompt.toLowerCase();

  const scoreName = (folded: string, weight: number): number => {
    if (folded === '') return 0;
    if (phrase.includes(` ${folded} `)) return weight;
    const found = folded.split(' ').filter((word) => terms.has(word)).length;
    return (Math.min(found, 3) * weight) / 4;
  };
  const scoreAll = (names: readonly string[], weight: number): number[] => names.map((name) => scoreName(name, weight));
  const names = foldedNames(analysis);
  const artists = scoreAll(names.artists, WEIGHTS.artist);
  const genres = scoreAll(names.genres, WEIGHTS.genre);
  const styles = scoreAll(names.styles, WEIGHTS.style);
  const best = (scores: readonly number[], numbers: readonly number[]): number =>
    numbers.reduce((most, number) => Math.max(most, scores[number]!), 0);
  const albums = library.albumIds.map((_, album) => {
    if (!library.albumPresent[album]) return 0;
    const year = library.originalYear(library.albumGroup[album]!);
    return (
      scoreName(names.albums[album]!, WEIGHTS.album) +
      best(genres, library.albumGenres[album]!) +
      best(styles, library.albumStyles[album]!) +
      (year > 0 && decades.has(Math.floor(year / 10) * 10) ? WEIGHTS.decade : 0)
    );
  });

  return (track) => {
    const title = library.trackTitles[track]!;
    const mayBeNamed = title.length >= TITLE_AT_LEAST && title.length <= plain.length;
    const named = mayBeNamed && plain.includes(title.toLowerCase()) ? WEIGHTS.title : 0;
    return named + best(artists, library.trackArtists[track]!) + (albums[library.trackAlbum[track]!] ?? 0);
  };
}

/** Names as the prompt is folded, for all that the library index has numbers for. */
function foldedNames(analysis: Analysis): Record<'artists' | 'albums' | 'genres' | 'styles', string[]> {
  return analysis.derive('foldedNames', () => {
    const { library } = analysis;
    return {
      artists: library.artistNames.map(foldForSearch),
      albums: library.albumTitles.map(foldForSearch),
      genres: library.genres.names.map(foldForSearch),
      styles: library.styles.names.map(foldForSearch),
    };
  });
}
