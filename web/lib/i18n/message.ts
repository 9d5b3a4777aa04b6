/** A message whose form follows a number, by the language's own plural rules; `zero` goes before them. */
export interface Plural {
  zero?: string;
  one: string;
  many?: string;
  other: string;
}
export type Message = string | Plural;
export type Params = Record<string, string | number>;

type Names<S extends string> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;

/** The names between braces in a message; a plural needs `n` as well. */
export type NamesOf<M> = M extends string
  ? Names<M>
  : M extends Plural
    ? 'n' | Names<M['one']> | Names<M['other']>
    : never;

/** The same keys with the same shapes, in other words. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : Plural };

/** A stretch of a sentence; the message's own asterisks make it strong. */
export interface Part {
  text: string;
  strong: boolean;
}

/**
 * Chooses a message's form, by `n` or else by the number that is named first, and puts the values in. Numbers are written by the language (`118,204`); pass a year as a string.
 */
export function fill(message: Message, params: Params, rules: Intl.PluralRules, number: Intl.NumberFormat): string {
  return form(message, params, rules).replace(/\{(\w+)\}/g, (_, name: string) => written(params[name], number));
}

/** As {@link fill}, split where the message asks for emphasis (`*412 listens* in 22 days`), so that values stay plain text. */
export function fillParts(
  message: Message,
  params: Params,
  rules: Intl.PluralRules,
  number: Intl.NumberFormat,
): Part[] {
  return form(message, params, rules)
    .split('*')
    .map((text, index) => ({ text: fill(text, params, rules, number), strong: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

/** Whether there is a value for every name in the message. */
export function isWhole(message: Message, params: Params): boolean {
  const forms = typeof message === 'string' ? [message] : [message.one, message.other];
  return forms.every((text) => [...text.matchAll(/\{(\w+)\}/g)].every(([, name]) => params[name ?? ''] !== undefined));
}

function form(message: Message, params: Params, rules: Intl.PluralRules): string {
  if (typeof message === 'string') return message;
  const n = Number(params.n ?? Object.values(params).find((value) => typeof value === 'number'));
  if (n === 0 && message.zero !== undefined) return message.zero;
  const category = rules.select(n);
  if (category === 'one') return message.one;
  return (category === 'many' ? message.many : undefined) ?? message.other;
}

function written(value: string | number | undefined, number: Intl.NumberFormat): string {
  if (value === undefined) return '';
  return typeof value === 'number' ? number.format(value) : value;
}

const NARROW = '\u202f';
const FIXED = '\u00a0';

/** Sets a French text: narrow no-break space before `; ! ?`, no-break space before `:` and inside « ». */
export function setInFrench(text: string): string {
  return text
    .replace(/ ([;!?])/g, `${NARROW}$1`)
    .replace(/ (:)/g, `${FIXED}$1`)
    .replace(/« /g, `«${FIXED}`)
    .replace(/ »/g, `${FIXED}»`)
    .replace(/(\d) (%|€|h\b|min\b|Mo\b|Go\b|ko\b)/g, `$1${FIXED}$2`)
    .replace(/(\}) (%|h\b|min\b)/g, `$1${FIXED}$2`);
}
