import { isUnspaced } from './searchTerms.ts';

/** Shorter words are within one error of too much: they are not forgiven one. */
export const SHORTEST_FORGIVEN = 4;

/**
 * Whether what was typed is within one typing error of a word or of its beginning: one letter wrong, missing, too many, or two
 * neighbours swapped.
 */
export function isOneErrorAway(typed: string, word: string): boolean {
  const length = typed.length;
  let same = 0;
  while (same < length && typed.charCodeAt(same) === word.charCodeAt(same)) same++;
  if (same === length) return true;
  const rest = typed.slice(same + 1);
  return (
    word.startsWith(rest, same + 1) ||
    word.startsWith(rest, same) ||
    word.startsWith(typed.slice(same), same + 1) ||
    (same + 1 < length &&
      typed[same] === word[same + 1] &&
      typed[same + 1] === word[same] &&
      word.startsWith(typed.slice(same + 2), same + 2))
  );
}

/**
 * How a word of a folded query is written in these folded texts: as it is where one of them has it, else as the words of theirs that
 * it is within one typing error of. The word alone where there are none, or where it is too short to be forgiven.
 */
export function spellingsIn(texts: readonly string[], word: string): string[] {
  if (texts.some((text) => text.includes(word))) return [word];
  const near = nearIn(texts, word);
  return near.length > 0 ? near : [word];
}

/** The words of these folded texts that a word is within one typing error of; none for one that is too short to be forgiven. */
export function nearIn(texts: readonly string[], word: string): string[] {
  const near = new Set<string>();
  if (word.length < SHORTEST_FORGIVEN || isUnspaced(word)) return [];
  for (const text of texts)
    for (const other of text.split(NO_WORD))
      if (other.length >= word.length - 1 && isOneErrorAway(word, other)) near.add(other);
  return [...near];
}

const NO_WORD = /[^\p{L}\p{N}\p{M}]+/u;
