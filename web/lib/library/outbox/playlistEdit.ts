import * as v from 'valibot';
import { PlaylistDocument, type PlaylistEntry } from '#shared/library/playlist.ts';
import type { PlaylistEdit } from './entry.ts';

/**
 * A playlist after an edit.
 *
 * @param before null when there is none.
 * @param at milliseconds since the epoch.
 * @returns null when it is gone after it; undefined when nothing changes: it is there already, or there is none to edit.
 * @throws {v.ValiError} when what comes out is no playlist.
 */
export function edited(before: PlaylistDocument | null, edit: PlaylistEdit, at: number): PlaylistDocument | null | undefined {
  const updatedAt = Math.floor(at / 1_000);
  if (edit.kind === 'create' || edit.kind === 'restore') {
    return before === null ? v.parse(PlaylistDocument, { ...edit.playlist, updatedAt }) : undefined;
  }
  if (before === null) return undefined;
  if (edit.kind === 'delete') return null;
  const change = edit.kind === 'rename' ? { name: edit.name } : { entries: arranged(before.entries, edit) };
  return { ...before, ...v.parse(PlaylistDocument, { ...before, ...change, updatedAt }) };
}

type Arrangement = Extract<PlaylistEdit, { kind: 'append' | 'remove' | 'put-back' | 'move' | 'replace' }>;

function arranged(entries: readonly PlaylistEntry[], edit: Arrangement): readonly PlaylistEntry[] {
  switch (edit.kind) {
    case 'append':
      return [...entries, ...edit.entries];
    case 'remove':
      return entries.filter(({ entry }) => !edit.names.includes(entry));
    case 'put-back':
      return putBack(edit.before, entries, new Set(edit.names));
    case 'move':
      return moved(entries, edit.name, edit.before);
    case 'replace':
      return edit.entries;
  }
}

/** The entry before another one, or last. */
function moved(entries: readonly PlaylistEntry[], name: string, before: string | null): PlaylistEntry[] {
  const moving = entries.find(({ entry }) => entry === name);
  if (!moving || name === before) return [...entries];
  const others = entries.filter(({ entry }) => entry !== name);
  const place = others.findIndex(({ entry }) => entry === before);
  return others.toSpliced(place < 0 ? others.length : place, 0, moving);
}

/** Entries that were taken out, each again after the one it followed. */
function putBack(before: readonly PlaylistEntry[], now: readonly PlaylistEntry[], removed: ReadonlySet<string>): PlaylistEntry[] {
  const entries = now.filter(({ entry }) => !removed.has(entry));
  before.forEach((each, index) => {
    if (!removed.has(each.entry)) return;
    const previous = before[index - 1]?.entry;
    entries.splice(entries.findIndex(({ entry }) => entry === previous) + 1, 0, each);
  });
  return entries;
}
