import en from '../../../web/lib/i18n/en/index.ts';
import fr from '../../../web/lib/i18n/fr/index.ts';
import { ZONE } from '../setup/anyHousehold.ts';
import type { Played } from '../setup/countedAgain.ts';

export const languages = {
  en: { messages: en, locale: 'en', group: ',', intl: 'en' },
  fr: { messages: fr, locale: 'fr', group: ' ', intl: 'fr' },
} as const;

export type Language = keyof typeof languages;

/** Everything that spaces and digits may look like in either language, as one. */
export const even = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/(?<=\d)[, ](?=\d{3}(?!\d))/g, '')
    .replace(/\s+/g, ' ')
    .trim();

export const figures = (text: string): number[] => (even(text).match(/\d+/g) ?? []).map(Number);

/** A message's form for a number, with it. */
export const plural = ({ zero, one, other }: { zero?: string; one: string; other: string }, n: number): string =>
  even((n === 0 && zero !== undefined ? zero : n === 1 ? one : other).replace('{n}', String(n)));

/** How long music plays, as pages write it: to the minute, or where more than a fiftieth is estimated about so long, and rounded. */
export function durationText({ seconds, estimated }: Played, language: Language): string {
  const clock = (minutes: number) =>
    minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
  if (estimated * 50 <= seconds) return clock(Math.round(seconds / 60));
  const minutes = seconds / 60;
  const step = estimated < Math.min(300, seconds) ? 1 : minutes < 60 ? 5 : minutes < 600 ? 15 : 60;
  const rounded = Math.max(step, Math.round(minutes / step) * step);
  return `${language === 'en' ? 'about' : 'environ'} ${rounded >= 60 && rounded % 60 === 0 ? `${rounded / 60} h` : clock(rounded)}`;
}

/** A part of all in percent: what is there is not nothing, and what is not all is not all. */
export function share(part: number, all: number, language: Language): string {
  const [of, sign] = [all === 0 ? 0 : part / all, language === 'en' ? '%' : ' %'];
  return part > 0 && of < 0.005
    ? `< 1${sign}`
    : part < all && of >= 0.995
      ? `> 99${sign}`
      : `${Math.round(of * 100)}${sign}`;
}

export const clockAt = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at * 1_000,
  );

export const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(Date.now());

/** A day as tables write it; French writes the first of a month so. */
export const written = (day: string, language: Language, options: Intl.DateTimeFormatOptions): string => {
  const text = new Intl.DateTimeFormat(languages[language].intl === 'en' ? 'en-GB' : 'fr-FR', {
    ...options,
    timeZone: 'UTC',
  })
    .format(Date.parse(`${day}T12:00:00Z`))
    .replace(',', '');
  return even(language === 'fr' ? text.replace(/^1 /, '1er ').replace(/ 1 (?=\D)/, ' 1er ') : text);
};

export const LONG = { day: 'numeric', month: 'long', year: 'numeric' } as const;

export const SHORT = { day: 'numeric', month: 'short', year: 'numeric' } as const;

export const twoDigits = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const weekdays = (language: Language): string[] =>
  Array.from({ length: 7 }, (_, day) => written(`2024-01-0${day + 1}`, language, { weekday: 'long' }));
