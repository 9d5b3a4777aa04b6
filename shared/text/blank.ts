/**
 * What is invisible on a page: white space, controls, and what Unicode says is not shown (zero-width spaces, joiners, bidi marks,
 * variation selectors, Hangul fillers, tags); besides the anchors of annotations, the empty braille cell and the note without a head.
 */
const UNSEEN = /[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800\u{1d159}]/gu;

/**
 * What goes from both ends of a text. Joiners, selectors and marks of direction stay: they may belong to the letter beside them, as in
 * an emoji or a flag.
 */
const OUTER = /[\p{White_Space}\p{Cc}\u00ad\u180e\u200b\u2060\ufeff\u2800\u3164\uffa0]/u;

/** Whether a reader would see nothing of it. The only check of that: a name, a title or a note that is blank is none. */
export const isBlank = (text: string): boolean => text.replace(UNSEEN, '') === '';

/** Without what nobody sees at both ends; '' for a blank text. Anything that is seen stays as it is. */
export function trimmed(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && OUTER.test(text[from]!)) from += 1;
  while (to > from && OUTER.test(text[to - 1]!)) to -= 1;
  // Of a long visible text the first letters are enough.
  return isBlank(text.slice(from, from + 32)) && isBlank(text) ? '' : text.slice(from, to);
}
