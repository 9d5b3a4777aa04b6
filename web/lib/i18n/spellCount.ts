import { number } from './format.svelte.ts';
import { current } from './index.svelte.ts';

const small = {
  en: ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  fr: ['aucun', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'],
} as const;

/** A count as a sentence says it: words up to nine, figures from ten on. `feminine` is for French. */
export function spellCount(count: number, feminine = false): string {
  const word = small[current.language][count];
  if (word === undefined) return number(count);
  return feminine && current.language === 'fr' && count < 2 ? `${word}e` : word;
}
