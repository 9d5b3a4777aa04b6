import { inspect } from 'node:util';

const HIDDEN = '<hidden>';

/**
 * A secret that cannot be printed by accident: string conversion, JSON and inspection all show `<hidden>`.
 * Only `reveal()` gives the text, and only a request to the secret's own service should call it.
 */
export class Redacted {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  reveal(): string {
    return this.#text;
  }
  toString(): string {
    return HIDDEN;
  }
  toJSON(): string {
    return HIDDEN;
  }
  [inspect.custom](): string {
    return HIDDEN;
  }
}

/** From so many letters on a secret is nothing that a text has by chance. */
const UNMISTAKABLE = 8;
/** A word of so many letters stands in many a text: it is only hidden where a value stands. */
const A_WORD = 4;

const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);

/**
 * A text without the secrets that it holds. A short one, which nobody should have, is hidden where it stands alone, and one of a few
 * letters where it stands as a value (`key=x`, `"x"`, `Bearer x`): else it would take its letters out of every word.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const longestFirst = [...new Set(secrets)]
    .filter((secret) => secret !== '')
    .sort((one, other) => other.length - one.length);
  return longestFirst.reduce((shown, secret) => {
    if (secret.length >= UNMISTAKABLE) return shown.replaceAll(secret, HIDDEN);
    const before =
      secret.length >= A_WORD
        ? String.raw`(?<![\p{L}\p{N}_])`
        : String.raw`(?<=["'=:]|\b(?:Bearer|Basic|token|key|secret) )`;
    return shown.replaceAll(new RegExp(`${before}${literally(secret)}${String.raw`(?![\p{L}\p{N}_])`}`, 'gu'), HIDDEN);
  }, text);
}
