import type { PlaylistItem } from '#shared/api/playlists.ts';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { Problem } from '#shared/errors/errors.ts';
import type { Page, PageRequest } from './page.ts';

/** What a device wrote to a playlist, held against what the library has of it meanwhile. */
export interface PlaylistState {
  document: PlaylistDocument;
  deleted: boolean;
}

/** What a device made of a playlist. */
export interface PlaylistFromDevice extends PlaylistState {
  /** The state that the device assumed in the library, as it sent it, with `_deleted`; null when it knew of nothing. */
  assumed: Readonly<Record<string, unknown>> | null;
  deviceId: string | undefined;
  /** Which of the device's pushes it came with, counted up by the device; undefined from an app that does not number them. */
  push?: number | undefined;
}

export interface PlaylistConflict {
  master: PlaylistState;
  /** What the device itself wrote last and has not heard of: what both have in common. Null where that is what it assumed. */
  base: PlaylistState | null;
}

export interface PlaylistClash {
  mine: PlaylistState;
  master: PlaylistState;
  /** The state that the device assumed in the library; null when it knew of nothing. */
  assumed: { name: string } | null;
  deviceId: string | null;
}

export interface Playlists {
  /** Those not deleted, the last made first, those that are still being written too. */
  page(request: PageRequest): Page<PlaylistItem>;
  item(uid: string): PlaylistItem | null;
  get(uid: string): PlaylistDocument | null;
  /** As `get`, and deleted ones too: what a device's write is held against. */
  master(uid: string): PlaylistState | null;
  /** Creates or replaces. An entry whose track is unknown is stored as text, and joins its track when one of that name appears. */
  put(document: PlaylistDocument, deviceId?: string): void;
  remove(uid: string, deviceId?: string): boolean;
  /**
   * Takes what a device wrote, or answers what stands against it. Of two versions changed on different devices nothing is lost:
   * what gives way is kept in the history of its name.
   */
  push(write: PlaylistFromDevice): PlaylistConflict | null;
  /** Brings a deleted one back as it was. */
  restore(uid: string): boolean;
  /** Begins one that a model is to write: no replica has it before it has tracks. */
  begin(document: Omit<PlaylistDocument, 'entries'>): void;
  /** A model is to write it anew; until then its tracks stay. */
  beginAnew(uid: string): void;
  /** The model failed to write it: why, as a message for people. Tracks it had stay. */
  fail(uid: string, failure: string, problem?: Problem): void;
  /** Those being written, the oldest first. */
  beingWritten(): string[];
}
