/** Halves of a character that stand alone, and control characters that no text needs (tab and line feed apart). */
const UNFIT = /[\u0000-\u0008\u000b-\u001f]|\p{Cs}/u;

/**
 * Text as it may enter: well-formed Unicode on lines ended by `\n`. Halves of a surrogate pair become U+FFFD, NUL and the other
 * C0 controls go. SQLite and JSON carry such text unchanged; a lone surrogate ends the process in libsql.
 */
export function wellFormed(text: string): string {
  if (!UNFIT.test(text)) return text;
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, '')
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** Every text within a JSON value, names of properties included. The value itself where all of it is fit. */
export function wellFormedValue<T>(value: T): T;
export function wellFormedValue(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (Array.isArray(value)) return value.map((item: unknown) => wellFormedValue(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [wellFormed(name), wellFormedValue(item) as unknown]));
}
