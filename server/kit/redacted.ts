import { inspect } from 'node:util';

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
    return '<hidden>';
  }
  toJSON(): string {
    return '<hidden>';
  }
  [inspect.custom](): string {
    return '<hidden>';
  }
}
