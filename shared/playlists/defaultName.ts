import type { PlaylistAlgorithm } from '#shared/library/playlist.ts';
import { cut } from '#shared/text/cut.ts';
import { trimmed } from '#shared/text/blank.ts';
import type { PlaylistOptionsInput } from './options.ts';

type Language = 'fr' | 'en';
interface Wanted {
  algorithm: PlaylistAlgorithm;
  decade?: number | undefined;
  prompt?: string | undefined;
  options?: Pick<PlaylistOptionsInput, 'ownedOnly' | 'notHeardSince'> | undefined;
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
const DECADE: Record<Language, (year: number) => string> = { en: (year) => `${year}s`, fr: (year) => `Années ${year}` };
const OWNED: Record<Language, string> = { en: 'that I own', fr: 'que je possède' };
const NOT_HEARD: Record<Language, Record<'year' | 'month' | 'days', (days: number) => string>> = {
  en: {
    year: () => 'not heard for a year',
    month: () => 'not heard for a month',
    days: (days) => `not heard for ${days} days`,
  },
  fr: {
    year: () => 'non écoutés depuis un an',
    month: () => 'non écoutés depuis un mois',
    days: (days) => `non écoutés depuis ${days} jours`,
  },
};
const DAY = 86_400;
const PROMPT_LENGTH = 60;
/** In UTF-16 units, with room for the ellipsis in a playlist's name. */
const LONGEST_NAME = 190;

/**
 * What a playlist is called when nobody named it: its filters in words ("1970s, not heard for a year"), or the beginning of what was
 * written for one.
 *
 * @param now seconds since the epoch, which the filters count from.
 */
export function defaultName({ algorithm, decade, prompt, options }: Wanted, language: Language, now: number): string {
  const kind =
    algorithm === 'decade' ? DECADE[language](decade ?? 0) : beginningOf(prompt ?? '') || NAMES[language][algorithm];
  if (algorithm === 'ai') return kind;
  return [
    kind,
    ...(options?.ownedOnly ? [OWNED[language]] : []),
    ...notHeard(options?.notHeardSince, language, now),
  ].join(', ');
}

function notHeard(since: number | undefined, language: Language, now: number): string[] {
  if (since === undefined) return [];
  const days = Math.round((now - since) / DAY);
  if (days < 1) return [];
  const length = days === 365 || days === 366 ? 'year' : days === 30 || days === 31 ? 'month' : 'days';
  return [NOT_HEARD[language][length](days)];
}

/** The first words, as many as fit. */
function beginningOf(prompt: string): string {
  const line = trimmed(prompt.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll(/\s+/g, ' '));
  const beginning = cut(line, PROMPT_LENGTH, LONGEST_NAME);
  if (beginning === line) return line;
  // Better to end with a word than within one, unless that leaves little.
  const text = line.startsWith(' ', beginning.length) ? beginning : beginning.replace(/ [^ ]*$/u, '');
  return `${text.length > beginning.length / 2 ? text : beginning}…`;
}
