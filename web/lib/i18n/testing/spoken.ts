import en from '../en/index.ts';
import fr from '../fr/index.ts';
import { fill, fillParts, type Message, type Params, type Part } from '../message.ts';

type Language = 'en' | 'fr';
const locales = { en: 'en-GB', fr: 'fr-FR' } as const;
let messages: Record<string, Message> = en;

/** Stands in a test for `index.svelte.ts`, which only a browser can load: the same messages, in the language of {@link speak}. */
export const current: { language: Language; locale: string } = { language: 'en', locale: locales.en };

export function speak(language: Language): void {
  Object.assign(current, { language, locale: locales[language] });
  messages = language === 'en' ? en : fr;
}

export const t = (key: string, values: Params = {}): string =>
  fill(messages[key]!, values, new Intl.PluralRules(current.locale), new Intl.NumberFormat(current.locale));

export const parts = (key: string, values: Params = {}): Part[] =>
  fillParts(messages[key]!, values, new Intl.PluralRules(current.locale), new Intl.NumberFormat(current.locale));
