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

/**
 * Every text within a JSON value, names of properties included. What is fit is not copied: such a part of the value, or all of it, is
 * the very same.
 */
export function wellFormedValue<T>(value: T): T;
export function wellFormedValue(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (Array.isArray(value)) return wellFormedList<unknown>(value);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value);
  const items = Object.values(value);
  const fitNames = wellFormedList(names);
  const fitItems = wellFormedList(items);
  if (fitNames === names && fitItems === items) return value;
  return Object.fromEntries(fitNames.map((name, index) => [name, fitItems[index]]));
}

function wellFormedList<T>(list: T[]): T[] {
  let fit = list;
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index]!;
    const made = wellFormedValue(item);
    if (made === item) continue;
    if (fit === list) fit = [...list];
    fit[index] = made;
  }
  return fit;
}
