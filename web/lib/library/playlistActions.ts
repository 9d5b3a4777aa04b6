import * as v from 'valibot';
import { PlaylistDocument, type PlaylistEntry } from '#shared/library/playlist.ts';
import { uuid } from '../replica/uuid.ts';
import type { Catalogue } from './catalogue.ts';
import type { Actions, PlacedTrack, Undoable } from './types.ts';
import type { Wishes } from './wishes.ts';

export type PlaylistActions =
  | 'createPlaylist'
  | 'renamePlaylist'
  | 'addToPlaylist'
  | 'removeFromPlaylist'
  | 'movePlaylistEntry'
  | 'replacePlaylistTracks'
  | 'deletePlaylist';

type Change = (playlist: PlaylistDocument) => Partial<PlaylistDocument>;

/** Playlists are edited in place and replicate both ways. */
export function playlistActions({ wishes, catalogue }: { wishes: Wishes; catalogue: Catalogue }): Pick<Actions, PlaylistActions> {
  const entriesOf = (tracks: readonly PlacedTrack[]): PlaylistEntry[] => tracks.map((track) => placed(track, catalogue));
  /** Undoing puts back what the change replaced, and leaves alone what was changed since. */
  const edit = async (id: string, change: Change, undo: (before: PlaylistDocument) => Change): Promise<Undoable> => {
    const before = await modify(wishes, id, change);
    return {
      undo: async () => {
        if (before) await modify(wishes, id, undo(before));
      },
    };
  };
  return {
    async createPlaylist({ name, algorithm = null, aiPrompt = null, options, tracks }) {
      const id = uuid();
      const now = await wishes.touchPlaylist(id);
      const entries = entriesOf(tracks);
      const facts = { id, name, algorithm, aiPrompt, createdAt: now, updatedAt: now, entries };
      await insert(wishes, { ...facts, ...(options && { options }) });
      return {
        id,
        undo: async () => {
          await remove(wishes, id);
        },
      };
    },
    renamePlaylist: (id, name) =>
      edit(
        id,
        () => ({ name }),
        (before) => () => ({ name: before.name }),
      ),
    async addToPlaylist(id, trackIds) {
      const added = entriesOf(trackIds.map((trackId) => ({ trackId })));
      const names = new Set(added.map(({ entry }) => entry));
      const undoable = await edit(
        id,
        ({ entries }) => ({ entries: [...entries, ...added] }),
        () =>
          ({ entries }) => ({ entries: entries.filter(({ entry }) => !names.has(entry)) }),
      );
      return { ...undoable, entries: [...names] };
    },
    removeFromPlaylist: (id, names) => {
      const removed = new Set(names);
      return edit(
        id,
        ({ entries }) => ({ entries: entries.filter(({ entry }) => !removed.has(entry)) }),
        (before) =>
          ({ entries }) => ({ entries: putBack(before.entries, entries, removed) }),
      );
    },
    movePlaylistEntry: (id, name, target) =>
      edit(
        id,
        ({ entries }) => ({ entries: moved(entries, name, target) }),
        (before) => {
          const place = before.entries.findIndex(({ entry }) => entry === name);
          const follower = before.entries[place + 1]?.entry ?? null;
          return ({ entries }) => ({ entries: moved(entries, name, follower) });
        },
      ),
    replacePlaylistTracks: (id, tracks) =>
      edit(
        id,
        () => ({ entries: entriesOf(tracks) }),
        (before) => () => ({ entries: before.entries }),
      ),
    async deletePlaylist(id) {
      const before = await remove(wishes, id);
      return {
        undo: async () => {
          if (before) await insert(wishes, { ...before, updatedAt: await wishes.touchPlaylist(id) });
        },
      };
    },
  };
}

/** A new place for a track, which also says in words what it holds: so it stays readable where the track is unknown. */
function placed({ trackId, reason, ...words }: PlacedTrack, catalogue: Catalogue): PlaylistEntry {
  return { entry: uuid(), trackId, ...words, ...(trackId !== null && wordsOf(trackId, catalogue)), ...(reason !== undefined && { reason }) };
}

function wordsOf(trackId: number, catalogue: Catalogue): Pick<PlaylistEntry, 'artist' | 'title' | 'album'> {
  const facts = catalogue.index.track(trackId);
  if (!facts) return {};
  const album = facts.albumId === null ? undefined : catalogue.albums.get(facts.albumId)?.title;
  return { artist: catalogue.trackArtists(trackId).line, title: facts.title, ...(album !== undefined && { album }) };
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

async function insert(wishes: Wishes, playlist: PlaylistDocument): Promise<void> {
  await (await wishes.collection('playlists')).insert(v.parse(PlaylistDocument, playlist));
}

async function remove(wishes: Wishes, id: string): Promise<PlaylistDocument | null> {
  await wishes.touchPlaylist(id);
  return (await wishes.collection('playlists')).remove(id);
}

/** @returns the playlist before the change; null when there is none. @throws {v.ValiError} when what comes out is no playlist. */
async function modify(wishes: Wishes, id: string, change: Change): Promise<PlaylistDocument | null> {
  const updatedAt = await wishes.touchPlaylist(id);
  const playlists = await wishes.collection('playlists');
  return playlists.modify(id, (playlist) => ({
    ...playlist,
    ...v.parse(PlaylistDocument, { ...playlist, ...change(playlist), updatedAt }),
  }));
}
