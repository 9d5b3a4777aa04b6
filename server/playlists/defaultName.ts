import type { PlaylistAlgorithm } from '#shared/library/playlist.ts';
import { cut } from '#shared/text/cut.ts';
import { trimmed } from '#shared/text/blank.ts';

type Language = 'fr' | 'en';
interface Wanted {
  algorithm: PlaylistAlgorithm;
  decade?: number | undefined;
  prompt?: string | undefined;
}

const NAMES: Record<Language, Record<Exclude<PlaylistAlgorithm, 'decade'>, string>> = {
  en: {
    recent: 'Heard lately',
    loved: 'Loved',
    top_artists: 'The ten most heard',
    random: 'By chance',
    discover: 'Little heard',
    ai: 'On request',
  },
  fr: {
    recent: 'Écoutés dernièrement',
    loved: 'Coups de cœur',
    top_artists: 'Les dix plus écoutés',
    random: 'Au hasard',
    discover: 'Peu écoutés',
    ai: 'Sur demande',
  },
};
const DECADE: Record<Language, (year: number) => string> = { en: (year) => `The ${year}s`, fr: (year) => `Les années ${year}` };
const PROMPT_LENGTH = 60;
/** In UTF-16 units, with room for the ellipsis in a playlist's name. */
const LONGEST_NAME = 190;

/** What a playlist is called when nobody named it: what it was drawn from, or the beginning of what was wished for. */
export function defaultName({ algorithm, decade, prompt }: Wanted, language: Language): string {
  if (algorithm === 'decade') return DECADE[language](decade ?? 0);
  return beginningOf(prompt ?? '') || NAMES[language][algorithm];
}

/** The first words, as many as fit. */
function beginningOf(prompt: string): string {
  const line = trimmed(prompt.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll(/\s+/g, ' '));
  const beginning = cut(line, PROMPT_LENGTH, LONGEST_NAME);
  if (beginning === line) return line;
  // Better to end with a word than within one, unless that leaves little.
  const words = line.startsWith(' ', beginning.length) ? beginning : beginning.replace(/ [^ ]*$/u, '');
  return `${words.length > beginning.length / 2 ? words : beginning}…`;
}
