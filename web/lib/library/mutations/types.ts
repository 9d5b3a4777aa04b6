import type { ListenSource } from '#shared/journal/listen.ts';
import type { Begins } from '#shared/journal/turntable.ts';
import type { PlaylistAlgorithm, PlaylistEntry } from '#shared/library/playlist.ts';

/** What a person did and may take back. */
export interface Undoable {
  undo(): Promise<void>;
}

/**
 * Each has written what is wanted to this device's storage, and shown it, when the call returns; the server learns of it when it can.
 * One that could not be written down rejects (`NotStored`), and nothing shows it.
 */
export interface Mutations {
  love(trackId: number, loved: boolean): Promise<Undoable>;
  deleteListen(listenId: number): Promise<Undoable>;
  deleteListens(listenIds: readonly number[]): Promise<Undoable>;
  noteListen(listenId: number, note: string): Promise<Undoable>;
  /** One of a listen's reports becomes a listen of its own. `report` is what is shown of it until the server answers. */
  splitListen(
    listenId: number,
    scrobbleId: number,
    report?: { source: ListenSource; playedAt: number },
  ): Promise<Undoable>;
  /** Says that these are one play, reported by several sources. */
  mergeListens(listenIds: readonly number[]): Promise<Undoable>;
  /**
   * Logs tracks in order from `playedAt` (seconds; now by default). What has not ended plays at the turntable from
   * then on, in the place of what played there: nothing of it is in the journal before it was heard.
   */
  addListens(tracks: readonly TrackToPlay[], playedAt?: number): Promise<Undoable & { plays: boolean }>;
  /** The same of what the library has no tracks of, by its names: the server makes tracks of them. */
  logNamed(named: NamedToPlay, playedAt?: number): Promise<Undoable & { plays: boolean }>;
  /** Seconds since the epoch by the library's clock, as far as this device knows it: what is logged is held against it. */
  now(): number;
  /** The needle is lifted: what was heard of the track counts, or does not, and the session is over. `heard`: how many of its tracks count. */
  liftNeedle(session: string): Promise<Undoable & { heard: number }>;
  /** The needle is held, and the clock with it, until it is resumed. `place` is that of the track that is shown to play. */
  pauseNeedle(session: string, place: number): Promise<Undoable>;
  resumeNeedle(session: string, place: number): Promise<Undoable>;
  /** The track begins again or, within its first seconds, the one before it: `before` is that track. */
  previousTrack(session: string, place: number): Promise<Undoable & { before?: number }>;
  /** The track at this place of the session ends now, and the next one begins. */
  skipTrack(session: string, place: number): Promise<Undoable>;
  /** The side, disc or record that begins at this place begins now. */
  beginSide(session: string, place: number): Promise<Undoable>;
  rateAlbum(albumId: string, rating: number): Promise<Undoable>;
  noteAlbum(albumId: string, note: string): Promise<Undoable>;
  chooseCover(albumId: string, imageId: number): Promise<Undoable>;
  mergeAlbums(from: string, into: string): Promise<Undoable>;
  splitAlbum(from: string, into: string): Promise<Undoable>;
  mergeArtists(from: string, into: string): Promise<Undoable>;
  splitArtist(from: string, into: string): Promise<Undoable>;
  aliasArtist(artistId: string, name: string): Promise<Undoable>;
  removeAlias(artistId: string, name: string): Promise<Undoable>;
  addRecord(record: NewRecord): Promise<Undoable & { alias: string }>;
  /** Removes copies of an album that were added manually. */
  removeCopies(albumId: string, aliases: readonly string[]): Promise<Undoable>;
  createPlaylist(playlist: NewPlaylist): Promise<Undoable & { id: string }>;
  renamePlaylist(id: string, name: string): Promise<Undoable>;
  /** Appends; @returns the entries' names. */
  addToPlaylist(id: string, trackIds: readonly number[]): Promise<Undoable & { entries: string[] }>;
  removeFromPlaylist(id: string, entries: readonly string[]): Promise<Undoable>;
  /** Moves one entry so that it stands before `before`, or last when null. */
  movePlaylistEntry(id: string, entry: string, before: string | null): Promise<Undoable>;
  /** Draws it anew: other entries, same playlist. */
  replacePlaylistTracks(id: string, tracks: readonly PlacedTrack[]): Promise<Undoable>;
  deletePlaylist(id: string): Promise<Undoable>;
}

export interface TrackToPlay {
  trackId: number;
  durationSeconds?: number;
  /** What begins with it, where somebody has to get up for it. */
  begins?: Begins;
}

export interface NamedToPlay {
  artist: string;
  album?: string;
  /** It is this record of the library's. */
  albumId?: string;
  tracks: { title: string; durationSeconds?: number; begins?: Begins }[];
  /** The one track stands for the whole record, until its tracks are known. */
  whole?: true;
}

export interface NewRecord {
  title: string;
  artists: string[];
  year: number | null;
  support: string | null;
  tracks?: string[];
  discogsId?: string;
  /** It is a copy of an album that the library has already. */
  albumId?: string;
}

export interface NewPlaylist {
  name: string;
  algorithm?: PlaylistAlgorithm | null;
  aiPrompt?: string | null;
  options?: Record<string, unknown>;
  tracks: readonly PlacedTrack[];
}

/** What a playlist's place holds; in words alone where there is no track (`trackId: null`). */
export type PlacedTrack = Omit<PlaylistEntry, 'entry'>;
