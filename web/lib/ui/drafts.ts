import * as v from 'valibot';
import { isBlank, trimmed } from '#shared/text/blank.ts';
import { shortened } from '#shared/text/cut.ts';
import { readStored } from '../stored.ts';

/** What is being typed and is not saved yet, on this device: it survives a closed tab, and is there when its field opens again. */
export interface Draft {
  /** Another one where what it is about is another thing. */
  readonly key: string;
  /** @returns undefined when there is none. */
  read(): string | undefined;
  /** Writes it at once; an empty one is cleared. @returns whether it is on the device now. */
  write(text: string): boolean;
  clear(): void;
}

/** What a draft is about. The server's ids alone are not enough: another library gives them to other things. */
export interface DraftSubject {
  /** '' where it is not known. */
  library: string;
  /** Names the thing in its library: a UUID, or an id with what it was seen to be. */
  thing: string;
  /** What it is called. */
  name: string;
}

/** A draft of something, to be found where that thing is gone. */
export interface LeftDraft {
  key: string;
  /** What it is about; '' where an earlier version did not say. */
  name: string;
  text: string;
}

const StoredDraft = v.object({ text: v.string(), name: v.optional(v.string(), '') });
const PREFIX = 'aime.draft.';
const MOST_LETTERS = 20_000;

/**
 * The draft of one field. It stays until it is saved or cleared, however old it is.
 *
 * @param field which field: "note.album".
 * @param subject of what, where there is one of it for each.
 */
export function draftOf(field: string, subject?: DraftSubject): Draft {
  const key = PREFIX + (subject ? [field, subject.library, subject.thing].map(encodeURIComponent).join('/') : field);
  return {
    key,
    read: () => readStoredDraft(key)?.text,
    write(text) {
      if (isBlank(text)) return (clear(key), false);
      if (text.length > MOST_LETTERS) return false;
      try {
        localStorage.setItem(key, JSON.stringify({ text, name: subject?.name ?? '' }));
        return true;
      } catch {
        // No room, or a private window: what is typed stays in its field.
        return false;
      }
    },
    clear: () => clear(key),
  };
}

/** Letters of a draft that are shown beside its field. */
const SHOWN = 80;

/** The beginning of what was typed in this field and is not what is saved; undefined when there is nothing of the kind. */
export function begunIn(draft: Draft, stored: string): string | undefined {
  const text = trimmed(draft.read() ?? '');
  return text === '' || text === trimmed(stored) ? undefined : shortened(text, SHOWN);
}

/** The drafts that are about something, also about what is not here any more. @param fields those of which there is one alone. */
export function leftDrafts(fields: readonly string[]): LeftDraft[] {
  return keys()
    .filter((key) => !fields.includes(key.slice(PREFIX.length)))
    .flatMap((key) => {
      const stored = readStoredDraft(key);
      return stored ? [{ key, ...stored }] : [];
    });
}

/** Forgets a draft, by its key. */
export function clearDraft(key: string): void {
  if (key.startsWith(PREFIX)) clear(key);
}

/** Forgets every draft of this device. */
export function clearDrafts(): void {
  for (const key of keys()) clear(key);
}

function readStoredDraft(key: string): v.InferOutput<typeof StoredDraft> | undefined {
  try {
    return readStored(StoredDraft, localStorage.getItem(key));
  } catch {
    // A private window holds none.
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

function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}
