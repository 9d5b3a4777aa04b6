import { isBlank } from '#shared/text/blank.ts';
/** What is being typed and is not kept yet, on this device: it survives a closed tab, and is there when its field opens again. */
export interface Draft {
  /** @returns undefined when there is none. */
  read(): string | undefined;
  /** Writes it at once; an empty one is cleared. @returns whether it is on the device now. */
  write(text: string): boolean;
  clear(): void;
}

interface Kept {
  text: string;
  /** Milliseconds since the epoch. */
  at: number;
}

const PREFIX = 'aime.draft.';
const MOST_DRAFTS = 40;
const MOST_LETTERS = 20_000;
const MOST_AGE = 30 * 86_400_000;

/**
 * The draft of one field.
 *
 * @param field which field, and of what: "note.album", "12".
 */
export function draftOf(...field: readonly string[]): Draft {
  const key = PREFIX + field.join('.');
  return {
    read() {
      const kept = readKept(key);
      return kept && Date.now() - kept.at < MOST_AGE ? kept.text : undefined;
    },
    write(text) {
      if (isBlank(text) || text.length > MOST_LETTERS) return clear(key), false;
      try {
        localStorage.setItem(key, JSON.stringify({ text, at: Date.now() } satisfies Kept));
        tidy();
        return true;
      } catch {
        // No room, or a private window: what is typed stays in its field.
        return false;
      }
    },
    clear: () => clear(key),
  };
}

/** Forgets every draft of this device. */
export function clearDrafts(): void {
  for (const key of keys()) clear(key);
}

function readKept(key: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Kept> | null;
    return typeof kept?.text === 'string' && typeof kept.at === 'number' ? { text: kept.text, at: kept.at } : undefined;
  } catch {
    return undefined;
  }
}

function clear(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // A private window holds none.
  }
}

/** Lets go of what is old, and of the oldest beyond the most. */
function tidy(): void {
  const dated = keys().map((key) => ({ key, at: readKept(key)?.at ?? 0 }));
  if (dated.length <= MOST_DRAFTS && dated.every(({ at }) => Date.now() - at < MOST_AGE)) return;
  dated.sort((a, b) => b.at - a.at);
  for (const [place, { key, at }] of dated.entries()) if (place >= MOST_DRAFTS || Date.now() - at >= MOST_AGE) clear(key);
}

function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}
