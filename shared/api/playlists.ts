import * as v from 'valibot';
import { Count, Positive, StoredSeconds, Whole } from '../primitives/identifiers.ts';
import { MOST_ENTRIES, PlaylistAlgorithms, PlaylistDocument } from '../library/playlist.ts';
import { ExportFormats, mediaTypes } from '../playlists/export/types.ts';
import { GeneratePlaylist, PlaylistOptions } from '../playlists/options.ts';
import { defineEndpoint, empty, file } from './contract.ts';
import { Problem } from '../errors/errors.ts';
import { listOf, pageQuery } from './lists.ts';

const TAG = 'Playlists';
const playlistParams = { id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) };
const Name = PlaylistDocument.entries.name;
const TrackIds = v.pipe(v.array(Positive), v.maxLength(MOST_ENTRIES));
const Order = v.pipe(v.array(v.string()), v.maxLength(MOST_ENTRIES));

const PlaylistTrack = v.object({
  /** Null where the library does not know the track (yet): the rest is then as it was written down, in words. */
  id: v.nullable(Whole),
  /** Names the place, for moving and removing it. */
  entry: v.string(),
  /** Counted from 1. */
  position: Count,
  title: v.string(),
  durationSeconds: v.nullable(Whole),
  album: v.nullable(v.object({ id: v.nullable(Whole), title: v.string(), year: v.nullable(Whole) })),
  artists: v.array(v.object({ id: v.nullable(Whole), name: v.string() })),
  reason: v.optional(v.string()),
});
export type PlaylistTrack = v.InferOutput<typeof PlaylistTrack>;

const itemEntries = {
  name: v.string(),
  algorithm: v.nullable(v.picklist(PlaylistAlgorithms)),
  aiPrompt: v.nullable(v.string()),
  options: v.nullable(v.record(v.string(), v.unknown())),
  trackCount: Count,
  createdAt: StoredSeconds,
  updatedAt: StoredSeconds,
  /** How a model's writing of it goes; `ready` for every other. */
  state: v.picklist(['writing', 'ready', 'failed']),
  /** Why the last writing came to nothing, in words. */
  failure: v.nullable(v.string()),
  /** The same as a code that pages translate; null where it failed before there were any. */
  problem: v.nullable(Problem),
  /** Tracks that the model named and that could not be used. */
  dropped: v.optional(Count),
};
const drawnEntries = {
  ...itemEntries,
  tracks: v.array(PlaylistTrack),
  explanation: v.optional(
    v.object({
      asked: Count,
      drawn: Count,
      offered: Count,
      leftOut: v.object({ notOwned: Count, heardSince: Count, artistFull: Count, otherPressing: Count }),
      short: v.nullable(
        v.picklist(['library-empty', 'nothing-heard', 'nothing-loved', 'nothing-of-decade', 'nothing-else']),
      ),
    }),
  ),
};

/** A playlist without its tracks. */
export const PlaylistItem = v.object({ id: v.string(), ...itemEntries });
export type PlaylistItem = v.InferOutput<typeof PlaylistItem>;
/** A playlist with its tracks. */
export const Playlist = v.object({ id: v.string(), ...drawnEntries });
export type Playlist = v.InferOutput<typeof Playlist>;
/** A draw that is not stored. */
export const Draw = v.object({ id: v.null(), ...drawnEntries });
export type Draw = v.InferOutput<typeof Draw>;

export const listPlaylists = defineEndpoint({
  operationId: 'listPlaylists',
  method: 'get',
  etag: true,
  path: '/playlists',
  tag: TAG,
  summary: 'Playlists, the last made first; those being written and those that failed too',
  query: pageQuery(50),
  answers: { 200: listOf(PlaylistItem) },
});

export const createPlaylist = defineEndpoint({
  operationId: 'createPlaylist',
  method: 'post',
  path: '/playlists',
  errors: ['unknown-track', 'playlist-full'],
  tag: TAG,
  summary: 'A playlist by hand',
  body: v.strictObject({ name: Name, trackIds: v.optional(TrackIds, []) }),
  answers: { 201: Playlist },
});

export const generatePlaylist = defineEndpoint({
  operationId: 'generatePlaylist',
  method: 'post',
  path: '/playlists/generate',
  errors: ['foreign-option', 'always-kept', 'model-length', 'euria-not-connected'],
  tag: TAG,
  summary:
    'Draw a playlist and keep it (201), or only draw it with `keep: false` (200); `ai` is written in the background (202)',
  body: GeneratePlaylist,
  answers: { 201: Playlist, 200: Draw, 202: PlaylistItem },
});

export const getPlaylist = defineEndpoint({
  operationId: 'getPlaylist',
  method: 'get',
  etag: true,
  path: '/playlists/:id',
  errors: ['unknown-playlist'],
  tag: TAG,
  params: playlistParams,
  summary:
    'A playlist with its tracks; 202 while a model writes it; with its state `failed` and the `problem` when that came to nothing',
  answers: { 200: Playlist, 202: PlaylistItem },
});

const rename = {
  path: '/playlists/:id',
  errors: ['unknown-playlist', 'still-being-written', 'not-written'],
  tag: TAG,
  summary: 'Rename a playlist',
  params: playlistParams,
  body: v.strictObject({ name: v.optional(Name) }),
  answers: { 200: Playlist },
} as const;
export const replacePlaylistName = defineEndpoint({ ...rename, operationId: 'replacePlaylistName', method: 'put' });
export const renamePlaylist = defineEndpoint({ ...rename, operationId: 'renamePlaylist', method: 'patch' });

export const reorderPlaylist = defineEndpoint({
  operationId: 'reorderPlaylist',
  method: 'put',
  path: '/playlists/:id/tracks',
  errors: ['unknown-playlist', 'still-being-written', 'not-written', 'place-not-there', 'places-missing'],
  tag: TAG,
  summary: 'Put the tracks in another order: all their places by name',
  params: playlistParams,
  body: v.strictObject({ entries: Order }),
  answers: { 200: Playlist },
});

export const addPlaylistTracks = defineEndpoint({
  operationId: 'addPlaylistTracks',
  method: 'post',
  path: '/playlists/:id/tracks',
  errors: [
    'unknown-playlist',
    'still-being-written',
    'not-written',
    'unknown-track',
    'position-beyond',
    'playlist-full',
  ],
  tag: TAG,
  summary: 'Add tracks, at the end or from a position on',
  params: playlistParams,
  body: v.strictObject({ trackIds: v.pipe(TrackIds, v.minLength(1)), position: v.optional(Positive) }),
  answers: { 201: Playlist },
});

export const removePlaylistTrack = defineEndpoint({
  operationId: 'removePlaylistTrack',
  method: 'delete',
  path: '/playlists/:id/tracks/:entry',
  errors: ['unknown-playlist', 'still-being-written', 'not-written', 'unknown-place'],
  tag: TAG,
  summary: 'Take a track out, by its place',
  params: { ...playlistParams, entry: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) },
  answers: { 200: Playlist },
});

export const deletePlaylist = defineEndpoint({
  operationId: 'deletePlaylist',
  method: 'delete',
  path: '/playlists/:id',
  errors: ['unknown-playlist'],
  tag: TAG,
  summary: 'Delete a playlist; it can be restored',
  params: playlistParams,
  answers: { 204: empty },
});

export const cancelPlaylist = defineEndpoint({
  operationId: 'cancelPlaylist',
  method: 'post',
  path: '/playlists/:id/cancel',
  errors: ['unknown-playlist', 'not-being-written'],
  tag: TAG,
  params: playlistParams,
  summary: 'Stop a model that writes a playlist: one that has tracks already keeps them, any other is deleted',
  answers: { 204: empty },
});

export const restorePlaylist = defineEndpoint({
  operationId: 'restorePlaylist',
  method: 'post',
  path: '/playlists/:id/restore',
  errors: ['unknown-playlist'],
  tag: TAG,
  summary: 'Bring a deleted playlist back',
  params: playlistParams,
  answers: { 200: Playlist, 202: PlaylistItem },
});

export const regeneratePlaylist = defineEndpoint({
  operationId: 'regeneratePlaylist',
  method: 'post',
  path: '/playlists/:id/regenerate',
  errors: ['unknown-playlist', 'still-being-written', 'not-written', 'made-by-hand', 'euria-not-connected'],
  tag: TAG,
  params: playlistParams,
  summary:
    'Draw other tracks for a playlist as it was drawn before; one written by a model is written anew (202), after a failure too',
  body: v.strictObject({ seed: PlaylistOptions.entries.seed }),
  answers: { 200: Playlist, 202: PlaylistItem },
});

export const downloadPlaylist = defineEndpoint({
  operationId: 'downloadPlaylist',
  method: 'get',
  etag: true,
  path: '/playlists/:id/export',
  errors: ['unknown-playlist', 'still-being-written', 'not-written'],
  tag: TAG,
  summary: 'A playlist as a file: M3U8, XSPF, JSPF, CSV or JSON',
  params: playlistParams,
  query: { format: v.picklist(ExportFormats, `must be one of ${ExportFormats.join(', ')}`) },
  answers: { 200: file(...Object.values(mediaTypes).map((type) => type.split(';')[0]!)) },
});
