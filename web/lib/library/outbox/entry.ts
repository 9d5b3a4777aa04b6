import type { PlaylistDocument, PlaylistEntry } from '#shared/library/playlist.ts';
import type { IntentDocument } from '#shared/sync/intents.ts';

/** One change of a playlist as data: it can be written down, shown at once, and done again after a crash. */
export type PlaylistEdit =
  | { kind: 'create'; playlist: PlaylistDocument }
  | { kind: 'restore'; playlist: PlaylistDocument }
  | { kind: 'rename'; name: string }
  | { kind: 'append'; entries: PlaylistEntry[] }
  | { kind: 'remove'; names: string[] }
  /** Entries that were taken out, each again after the one it followed in `before`. */
  | { kind: 'put-back'; names: string[]; before: PlaylistEntry[] }
  /** `before` null: to the end. */
  | { kind: 'move'; name: string; before: string | null }
  | { kind: 'replace'; entries: PlaylistEntry[] }
  | { kind: 'delete' };

/** One document to be written into the replica. */
export type OutboxWrite =
  | { to: 'intents'; insert: IntentDocument }
  | { to: 'intents'; remove: string }
  | { to: 'playlists'; id: string; edit: PlaylistEdit };

/** What a person did with one gesture, and what the replica has not confirmed yet. */
export interface OutboxEntry {
  id: string;
  /** The device's running number: entries are written to the replica in this order. */
  number: number;
  /** Milliseconds since the epoch by the server's clock. */
  at: number;
  writes: readonly OutboxWrite[];
}

/** Reads an entry as it was stored. @returns undefined for what is none: another version's, or cut short. */
export function parseEntry(text: string): OutboxEntry | undefined {
  try {
    const { v, ...entry } = JSON.parse(text) as OutboxEntry & { v?: number };
    return v === VERSION && Array.isArray(entry.writes) ? entry : undefined;
  } catch {
    return undefined;
  }
}

export const serializeEntry = (entry: OutboxEntry): string => JSON.stringify({ v: VERSION, ...entry });

const VERSION = 1;
