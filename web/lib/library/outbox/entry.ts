import * as v from 'valibot';
import { DeviceUuid } from '#shared/primitives/identifiers.ts';
import { PlaylistDocument, PlaylistEntry } from '#shared/library/playlist.ts';
import { MutationDocument } from '#shared/mutations/document.ts';

const Names = v.array(v.string());
const Entries = v.array(PlaylistEntry);

/** One change of a playlist as data: it can be written down, shown at once, and done again after a crash. */
export const PlaylistEdit = v.variant('kind', [
  v.object({ kind: v.literal('create'), playlist: PlaylistDocument }),
  v.object({ kind: v.literal('restore'), playlist: PlaylistDocument }),
  v.object({ kind: v.literal('rename'), name: v.string() }),
  v.object({ kind: v.literal('append'), entries: Entries }),
  v.object({ kind: v.literal('remove'), names: Names }),
  /** Entries that were taken out, each again after the one it followed in `before`. */
  v.object({ kind: v.literal('put-back'), names: Names, before: Entries }),
  /** `before` null: to the end. */
  v.object({ kind: v.literal('move'), name: v.string(), before: v.nullable(v.string()) }),
  v.object({ kind: v.literal('replace'), entries: Entries }),
  v.object({ kind: v.literal('delete') }),
]);
export type PlaylistEdit = v.InferOutput<typeof PlaylistEdit>;

/** One document to be written into the replica. */
const OutboxWrite = v.union([
  v.object({ to: v.literal('intents'), insert: MutationDocument }),
  v.object({ to: v.literal('intents'), remove: v.string() }),
  /** `name`: what the playlist was called when the person did it. */
  v.object({ to: v.literal('playlists'), id: DeviceUuid, name: v.optional(v.string()), edit: PlaylistEdit }),
]);
export type OutboxWrite = v.InferOutput<typeof OutboxWrite>;

/** What a person did with one gesture, and what the server has not answered yet. */
const OutboxEntry = v.object({
  id: v.string(),
  /** The device's running number: entries are written to the replica in this order. */
  number: v.number(),
  /** Milliseconds since the epoch by the server's clock. */
  at: v.number(),
  writes: v.pipe(v.array(OutboxWrite), v.readonly()),
  /** It was in a replica that this device does not hold any more. */
  again: v.optional(v.boolean()),
});
export type OutboxEntry = v.InferOutput<typeof OutboxEntry>;

const VERSION = 1;
const Stored = v.pipe(v.string(), v.parseJson(), v.intersect([v.object({ v: v.literal(VERSION) }), OutboxEntry]));

/** Reads an entry as it was stored. @returns undefined for what is none: another version's, or cut short. */
export function parseEntry(text: string): OutboxEntry | undefined {
  const parsed = v.safeParse(Stored, text);
  if (!parsed.success) return undefined;
  const { v: _version, ...entry } = parsed.output;
  return entry;
}

export const serializeEntry = (entry: OutboxEntry): string => JSON.stringify({ v: VERSION, ...entry });
