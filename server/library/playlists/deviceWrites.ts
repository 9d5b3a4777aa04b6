import { createHash } from 'node:crypto';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { canonical } from '#shared/text/canonical.ts';
import type { PlaylistFromDevice, PlaylistState } from '../api/playlists.ts';
import type { Core } from '../core.ts';

type Assumed = PlaylistFromDevice['assumed'];

/** What a device wrote last of a playlist. */
export interface OwnWrite extends PlaylistState {
  /** By digests: what the playlist was, in the device's eyes and here, since that stood on anything of anybody else. */
  states: readonly string[];
  /** The device's own number of the push; 0 from an app that does not number them. */
  push: number;
}

/** So many states before the latest a device may still name. */
const MOST_STATES = 64;

/**
 * What a device wrote last of a playlist, whether it heard that it was taken or not. Only within one life of the library: one that was
 * restored is not what the device wrote to.
 */
export function ownWrite(core: Core, uid: string, deviceId: string | undefined): OwnWrite | null {
  if (deviceId === undefined) return null;
  const row = core.db.get<{ document: string; deleted: number; states: string; push: number }>(
    `SELECT document, deleted, states, push FROM playlist_writes WHERE uid = ? AND device_id = ? AND epoch = (SELECT epoch FROM library_state)`,
    uid,
    deviceId,
  );
  return row === undefined
    ? null
    : {
        document: JSON.parse(row.document) as PlaylistDocument,
        deleted: row.deleted === 1,
        states: JSON.parse(row.states) as string[],
        push: row.push,
      };
}

/**
 * Whether what a device takes a playlist to be is among what only that device made of it. Where the answer to a push was lost, the
 * device says of its next write that it stands on what was there before, or on any of its own in between.
 */
export function isOwnState({ states }: OwnWrite, assumed: Assumed): boolean {
  // Earlier versions stored the whole of what was assumed.
  return states.includes(stateOf(assumed)) || states.includes(digest(assumed));
}

/** Keeps what a device wrote, as it stands now. @param before the states that it goes on from; none where it stands on somebody else's. */
export function keepWrite(
  core: Core,
  { deviceId, push = 0 }: { deviceId: string; push?: number | undefined },
  { document, deleted }: PlaylistState,
  before: readonly string[],
  more: readonly Assumed[],
): void {
  const states = new Set([...before, ...more.map(stateOf), stateOf({ ...document, _deleted: deleted })]);
  core.db.run(
    `INSERT OR REPLACE INTO playlist_writes (uid, device_id, epoch, document, deleted, states, push) SELECT ?, ?, epoch, ?, ?, ?, ? FROM library_state`,
    document.id,
    deviceId,
    JSON.stringify(document),
    Number(deleted),
    JSON.stringify([...states].slice(-MOST_STATES)),
    push,
  );
}

/** A deleted playlist comes back as it was: what was written before it went says nothing of what is written from now on. */
export function forgetWrites(core: Core, uid: string, except: string | undefined): void {
  core.db.run('DELETE FROM playlist_writes WHERE uid = ? AND device_id IS NOT ?', uid, except ?? null);
}

/** What a person may have changed: not when, nor what the library finds a place to hold. */
export function says({
  name,
  algorithm,
  aiPrompt,
  options,
  entries,
  _deleted,
}: Readonly<Record<string, unknown>>): string {
  const places = Array.isArray(entries)
    ? entries.map((entry: unknown) => (entry as { entry?: unknown } | null)?.entry)
    : null;
  return canonical([name, algorithm, aiPrompt, options ?? null, places, _deleted === true]);
}

const stateOf = (assumed: Assumed): string => digest(assumed && says(assumed));
const digest = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('base64');
