import * as v from 'valibot';
import { MOST_ENTRIES, PlaylistDocument, type PlaylistEntry } from '#shared/library/playlist.ts';
import { linesOf } from '../../replica/playlistText.ts';
import type { PlaylistEdit } from './entry.ts';

/**
 * A playlist after an edit.
 *
 * @param before null when there is none.
 * @param at milliseconds since the epoch.
 * @returns null when it is gone after it; undefined when nothing changes: it is there already, or there is none to edit.
 * @throws {v.ValiError} when what comes out is no playlist.
 */
export function edited(
  before: PlaylistDocument | null,
  edit: PlaylistEdit,
  at: number,
): PlaylistDocument | null | undefined {
  const updatedAt = Math.floor(at / 1_000);
  if ('playlist' in edit) {
    return before === null ? v.parse(PlaylistDocument, { ...edit.playlist, updatedAt }) : undefined;
  }
  if (before === null) return undefined;
  if (edit.kind === 'delete') return null;
  const name = edit.kind === 'rename' ? edit.name : before.name;
  const entries = edit.kind === 'rename' ? before.entries : arranged(before.entries, edit);
  // What has become too long by merging can be shortened a little at a time.
  const isShortened = entries.length > MOST_ENTRIES && entries.length <= before.entries.length;
  const fitting = isShortened ? entries.slice(0, MOST_ENTRIES) : entries;
  const after = v.parse(PlaylistDocument, { ...before, name, entries: fitting, updatedAt });
  return { ...before, ...after, ...(isShortened && { entries: [...entries] }) };
}

/** Whether what keeps an edit from being done is that a playlist would have more entries than any may. */
export function isTooLong(error: v.ValiError<typeof PlaylistDocument>): boolean {
  return error.issues.some((issue) => issue.type === 'max_length' && v.getDotPath(issue) === 'entries');
}

/** Whether an edit goes for nothing where there is no playlist: what is to be deleted may be gone already. */
export const needsOne = (edit: PlaylistEdit): boolean => !isWhole(edit) && edit.kind !== 'delete';

/** Whether an edit brings the whole playlist with it. */
export const isWhole = ({ kind }: PlaylistEdit): boolean => kind === 'create' || kind === 'restore';

/** What a person wanted to be in it, in words, where the edit says any: to be read again when it cannot be done. */
export function textOfEdit(edit: PlaylistEdit): string {
  if (edit.kind === 'rename') return edit.name;
  const entries =
    edit.kind === 'append' || edit.kind === 'replace' ? edit.entries : 'playlist' in edit ? edit.playlist.entries : [];
  return linesOf(entries);
}

type Arrangement = Extract<PlaylistEdit, { kind: 'append' | 'remove' | 'put-back' | 'move' | 'replace' }>;

function arranged(entries: readonly PlaylistEntry[], edit: Arrangement): readonly PlaylistEntry[] {
  switch (edit.kind) {
    case 'append': {
      const there = new Set(entries.map(({ entry }) => entry));
      return [...entries, ...edit.entries.filter(({ entry }) => !there.has(entry))];
    }
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
function putBack(
  before: readonly PlaylistEntry[],
  now: readonly PlaylistEntry[],
  removed: ReadonlySet<string>,
): PlaylistEntry[] {
  const entries = now.filter(({ entry }) => !removed.has(entry));
  before.forEach((each, index) => {
    if (!removed.has(each.entry)) return;
    const previous = before[index - 1]?.entry;
    entries.splice(entries.findIndex(({ entry }) => entry === previous) + 1, 0, each);
  });
  return entries;
}
