import type en from './en/index.ts';
import {
  fill,
  fillParts,
  isWhole,
  setInFrench,
  type Message,
  type NamesOf,
  type Part,
  type Params,
  type Translated,
} from './message.ts';

/** The languages of the app. */
export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

export type Messages = Translated<typeof en>;
export type MessageKey = keyof typeof en;
/** Keys of messages that take no values, for where a key is passed on. */
export type PlainKey = { [K in MessageKey]: [NamesOf<(typeof en)[K]>] extends [never] ? K : never }[MessageKey];
type Values<K extends MessageKey> = { [N in NamesOf<(typeof en)[K]>]: string | number };
type Args<K extends MessageKey> = [NamesOf<(typeof en)[K]>] extends [never] ? [] : [values: Values<K>];

/** Days before months, 24 hours: the locales that dates and numbers are written in. */
const locales: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };
const STORED = 'aime.language';

let language = $state<Language>('en');
let messages = $state.raw<Messages | undefined>();

/** The language the interface speaks now; reactive. */
export const current = {
  get language(): Language {
    return language;
  },
  /** For Intl. */
  get locale(): string {
    return locales[language];
  },
};

const rules: Record<Language, Intl.PluralRules> = {
  fr: new Intl.PluralRules('fr-FR'),
  en: new Intl.PluralRules('en-GB'),
};
const numbers: Record<Language, Intl.NumberFormat> = {
  fr: new Intl.NumberFormat('fr-FR'),
  en: new Intl.NumberFormat('en-GB'),
};

/** The message of that key in the present language. */
export function t<K extends MessageKey>(key: K, ...[values]: Args<K>): string {
  return fill(message(key), values ?? {}, rules[language], numbers[language]);
}

/** The message in stretches, for a sentence that emphasises some of its words. */
export function parts<K extends MessageKey>(key: K, ...[values]: Args<K>): Part[] {
  return fillParts(message(key), values ?? {}, rules[language], numbers[language]);
}

/** The message of a key that is only known while running (a service's code, an error's kind); undefined too where it names more than is known. */
export function lookUp(key: string, values: Params = {}): string | undefined {
  const found = messages && Object.hasOwn(messages, key) ? messages[key as MessageKey] : undefined;
  return found === undefined || !isWhole(found, values)
    ? undefined
    : fill(found, values, rules[language], numbers[language]);
}

function message(key: MessageKey): Message {
  if (!messages) throw new Error(`no language loaded yet, asked for ${key}`);
  return messages[key];
}

/** What this device chose, else what the browser prefers. */
export function preferredLanguage(): Language {
  const stored = storedLanguage();
  if (stored) return stored;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.map((tag) => languages.find((known) => known === tag)).find((found) => found !== undefined) ?? 'en';
}

/** The language chosen on this device, or null while it follows the browser. */
export function storedLanguage(): Language | null {
  try {
    const stored = localStorage.getItem(STORED);
    return languages.find((known) => known === stored) ?? null;
  } catch {
    return null;
  }
}

/** Loads a language and speaks it; `html` says so too. */
export async function speak(wanted: Language): Promise<void> {
  const loaded =
    wanted === 'fr' ? inFrench((await import('./fr/index.ts')).default) : (await import('./en/index.ts')).default;
  messages = loaded;
  language = wanted;
  document.documentElement.lang = wanted;
}

/** As {@link speak}, and remembers it on this device; null follows the browser again. */
export async function chooseLanguage(wanted: Language | null): Promise<void> {
  try {
    if (wanted) localStorage.setItem(STORED, wanted);
    else localStorage.removeItem(STORED);
  } catch {
    // A private window may refuse storage: the choice then lasts as long as the page.
  }
  await speak(wanted ?? preferredLanguage());
}

function inFrench(source: Messages): Messages {
  const set = (value: Message): Message =>
    typeof value === 'string'
      ? setInFrench(value)
      : (Object.fromEntries(
          Object.entries(value).map(([category, text]) => [category, setInFrench(text as string)]),
        ) as unknown as Message);
  return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, set(value)])) as unknown as Messages;
}
