let segmenter: Intl.Segmenter | undefined;

/** Where no letter is made of several units: anything below the combining marks, `\r` apart. */
const SIMPLE = /^[\u0000-\u000c\u000e-\u02ff]*$/;

/**
 * The first letters of a text, as a person counts them: an emoji, a letter with its accents and a flag are one each and are
 * never cut through. The only place that shortens text.
 *
 * @param letters at most so many remain.
 * @param units at most so many UTF-16 units, which is what lengths are limited by elsewhere: one letter can carry any number of marks.
 */
export function cut(text: string, letters: number, units: number = letters * 16): string {
  const most = Math.max(0, Math.min(letters, units));
  if (text.length <= most) return text;
  const simple = text.slice(0, most + 1);
  if (SIMPLE.test(simple)) return simple.slice(0, most);
  let length = 0;
  let count = 0;
  // Only the code point that follows shows where a letter ends.
  for (const letter of lettersOf(text.slice(0, units + 2))) {
    if (count === letters || length + letter.length > units) break;
    length += letter.length;
    count += 1;
  }
  if (length > 0 || count === letters) return text.slice(0, length);
  // One letter with more marks than there is room for: as much of it as is well-formed.
  return text.slice(0, isHigh(text.charCodeAt(units - 1)) ? units - 1 : units);
}

/** `cut`, with an ellipsis where something is left out; the ellipsis counts as a letter. */
export function shortened(text: string, letters: number, units: number = letters * 16): string {
  if (cut(text, letters, units) === text) return text;
  return `${cut(text, letters - 1, units - 1).trimEnd()}…`;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

function* lettersOf(text: string): Iterable<string> {
  // Not every browser can segment letters; code points are the next best.
  if (!('Segmenter' in Intl)) yield* text;
  else
    for (const { segment } of (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })).segment(text))
      yield segment;
}
