import type { PlaylistDocument, PlaylistEntry } from '#shared/library/playlist.ts';
import { uuid } from '../../replica/uuid.ts';
import type { Catalogue } from '../catalogue.ts';
import type { PlaylistEdit } from '../outbox/entry.ts';
import type { Mutations, PlacedTrack, Undoable } from '../types.ts';
import type { MutationSubmitter } from './submitter.ts';

export type PlaylistMutations =
  | 'createPlaylist'
  | 'renamePlaylist'
  | 'addToPlaylist'
  | 'removeFromPlaylist'
  | 'movePlaylistEntry'
  | 'replacePlaylistTracks'
  | 'deletePlaylist';

/** Playlists are edited in place and replicate both ways. Each edit is written down as data first; undoing leaves alone what was changed since. */
export function playlistMutations({
  submitter,
  catalogue,
}: {
  submitter: MutationSubmitter;
  catalogue: Catalogue;
}): Pick<Mutations, PlaylistMutations> {
  const entriesOf = (tracks: readonly PlacedTrack[]): PlaylistEntry[] =>
    tracks.map((track) => placed(track, catalogue));
  const edit = async (
    id: string,
    wanted: PlaylistEdit,
    opposite: (before: PlaylistDocument) => PlaylistEdit,
  ): Promise<Undoable> => {
    const before = submitter.edit(id, wanted);
    return {
      undo: async () => {
        if (before) submitter.edit(id, opposite(before));
      },
    };
  };
  return {
    async createPlaylist({ name, algorithm = null, aiPrompt = null, options, tracks }) {
      const id = uuid();
      const now = submitter.now();
      const facts = { id, name, algorithm, aiPrompt, createdAt: now, updatedAt: now, entries: entriesOf(tracks) };
      submitter.edit(id, { kind: 'create', playlist: { ...facts, ...(options && { options }) } });
      return { id, undo: async () => void submitter.edit(id, { kind: 'delete' }) };
    },
    renamePlaylist: (id, name) =>
      edit(id, { kind: 'rename', name }, (before) => ({ kind: 'rename', name: before.name })),
    async addToPlaylist(id, trackIds) {
      const entries = entriesOf(trackIds.map((trackId) => ({ trackId })));
      const names = entries.map(({ entry }) => entry);
      const undoable = await edit(id, { kind: 'append', entries }, () => ({ kind: 'remove', names }));
      return { ...undoable, entries: names };
    },
    removeFromPlaylist: (id, removed) => {
      const names = [...removed];
      return edit(id, { kind: 'remove', names }, (before) => ({ kind: 'put-back', names, before: before.entries }));
    },
    movePlaylistEntry: (id, name, target) =>
      edit(id, { kind: 'move', name, before: target }, ({ entries }) => {
        const place = entries.findIndex(({ entry }) => entry === name);
        return { kind: 'move', name, before: entries[place + 1]?.entry ?? null };
      }),
    replacePlaylistTracks: (id, tracks) =>
      edit(id, { kind: 'replace', entries: entriesOf(tracks) }, ({ entries }) => ({ kind: 'replace', entries })),
    deletePlaylist: (id) => edit(id, { kind: 'delete' }, (playlist) => ({ kind: 'restore', playlist })),
  };
}

/** A new place for a track, which also says in words what it holds: so it stays readable where the track is unknown. */
function placed({ trackId, reason, ...names }: PlacedTrack, catalogue: Catalogue): PlaylistEntry {
  return {
    entry: uuid(),
    trackId,
    ...names,
    ...(trackId !== null && trackNames(trackId, catalogue)),
    ...(reason !== undefined && { reason }),
  };
}

function trackNames(trackId: number, catalogue: Catalogue): Pick<PlaylistEntry, 'artist' | 'title' | 'album'> {
  const facts = catalogue.index.track(trackId);
  if (!facts) return {};
  const album = facts.albumId === null ? undefined : catalogue.albums.get(facts.albumId)?.title;
  return { artist: catalogue.trackArtists(trackId).line, title: facts.title, ...(album !== undefined && { album }) };
}
