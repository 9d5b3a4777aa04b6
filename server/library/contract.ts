import type { Album as AlbumItem, AlbumDetail, Artist as ArtistItem, ArtistDetail } from '#shared/api/collection.ts';
import type { Listen as ListenItem } from '#shared/api/history.ts';
import type { SearchResult } from '#shared/api/search.ts';
import type { Problem } from '#shared/api/errors.ts';
import type { HouseholdDocument } from '#shared/library/household.ts';
import type { ServerTime } from '#shared/library/moments.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { IntentDocument } from '#shared/sync/intents.ts';
import type { PlaylistAlgorithm, PlaylistDocument } from '#shared/library/playlist.ts';
import type { ListenSource } from '#shared/journal/listen.ts';
import type { Archive } from './archive/index.ts';
import type { Availability } from './availability.ts';
import type { EnrichmentQueue } from './enrichmentQueue.ts';
import type { Facts } from './facts.ts';
import type { Images } from './images.ts';
import type { Life } from './lives/life.ts';
import type { JobRuns } from './jobRuns.ts';
import type { Reresolution, ReresolveOptions } from './listens/reresolve.ts';
import type { ScrobbleOutbox } from './scrobbleOutbox.ts';
import type { Rebuild } from './rebuild/index.ts';
import type { Probe } from './probe.ts';
import type { Retention } from './retention.ts';
import type { FollowUps } from './followUps.ts';
import type { Rollups } from './rollups.ts';
import type { SetAsideEntries } from './setAside.ts';
import type { Turntable } from './turntable/turntable.ts';
import type { Shelf } from './shelf/shelf.ts';

/** A play as a tracker hands it over, to be kept as evidence. */
export interface ScrobbleInput {
  source: ListenSource;
  /** Unique within the source; the same key again changes nothing unless it carries a correction. */
  sourceKey: string;
  playedAt: number;
  endedAt?: number;
  listenedSeconds?: number;
  artist: string;
  albumArtist?: string;
  title: string;
  album?: string;
  durationSeconds?: number;
  artistMbid?: string;
  trackMbid?: string;
  albumMbid?: string;
  zone?: string;
  loved?: boolean;
  artistUrl?: string;
  imageUrl?: string;
  raw: unknown;
}

export type RecordOutcome =
  | { state: 'new'; scrobbleId: number; listenId: number | null }
  /** The source key is known and says the same; `listenId` is null when its listen was deleted or archived. */
  | { state: 'known'; scrobbleId: number; listenId: number | null }
  | { state: 'corrected'; scrobbleId: number; listenId: number | null };

export interface RecordedScrobble {
  id: number;
  sourceKey: string;
  playedAt: number;
  artist: string;
  title: string;
  album: string | null;
  goneUpstream: boolean;
}

/** The evidence: scrobbles as reported, and the listens resolved from them. Every write is one transaction. */
export interface Scrobbles {
  record(inputs: readonly ScrobbleInput[]): RecordOutcome[];
  /** A recorded scrobble's spelling was corrected at its source: re-resolves its listen, keeps the earlier spelling. */
  correct(scrobbleId: number, input: ScrobbleInput): RecordOutcome;
  /** What is recorded of a source in [from, to), oldest first. */
  between(source: ListenSource, from: number, to: number): RecordedScrobble[];
  /** The source no longer lists these, or lists them again. */
  markGone(scrobbleIds: readonly number[], gone: boolean): void;
  latest(source: ListenSource): RecordedScrobble | null;
  count(source: ListenSource): number;
}

/** A love made or taken back by hand, with the names that Last.fm knows the track by. */
export interface UnsentLove {
  trackId: number;
  artist: string;
  title: string;
  loved: boolean;
}

export interface Loves {
  /**
   * Takes over what Last.fm says of a track, only where it differs from the value last seen there.
   * @returns true when the track's state changed here.
   */
  seenUpstream(track: { artist: string; title: string }, loved: boolean): boolean;
  /** The rows of the recording that bears this name here, or bore it before an artist became another; none where there is none. */
  named(track: { artist: string; title: string }): readonly number[];
  /** Loves made or taken back by hand here that Last.fm has not been sent: oldest first. */
  unsent(): UnsentLove[];
  /** Last.fm has this love of the recording now. */
  markSent(trackId: number, loved: boolean): void;
  /** Tracks whose upstream value was "loved" when last seen, for finding those no longer in a full list. */
  lovedUpstream(): { trackId: number; artist: string; title: string }[];
  /** The rows of the recording that a track is of, also by an id that it had before it became one with another; none where it is gone. */
  recordingOf(trackId: number): readonly number[];
}

export interface Change {
  collection: CollectionName;
  seq: number;
}

export interface Feed {
  readonly epoch: string;
  lastSeq(): number;
  lastSeqOf(collection: CollectionName): number;
  /** How many documents of each collection there are, those that were removed left out. */
  documents(): Record<CollectionName, number>;
  /** Called after each commit with the collections that moved. */
  subscribe(listener: (changes: readonly Change[]) => void): () => void;
  /**
   * Documents changed after `seq`, in the feed's order, at most `limit`; fewer only at the end of the feed.
   * @param device limits `intents` to one device's. @param prime adds, before the feed's own, what a fresh device shows first.
   */
  pull(
    collection: CollectionName,
    seq: number,
    limit: number,
    options?: { device?: string; prime?: boolean },
  ): { documents: ({ id: string; _deleted: boolean } & Record<string, unknown>)[]; seq: number };
}

export interface Intents {
  /**
   * Applies each exactly once, by id, in the order given. A refused intent gets a verdict too.
   * @param deviceNow the device's own clock when it sent them, milliseconds since the epoch, where it says. @returns the master states.
   */
  apply(documents: readonly IntentDocument[], deviceNow?: number): IntentDocument[];
  get(id: string): IntentDocument | null;
  /**
   * A day has passed, whatever the clock says: everything is a day older, and what has been kept for its time goes; what was refused
   * stays until it is dismissed.
   * @returns how many went.
   */
  dayPassed(): number;
  /** The person has read of a refusal: it leaves the library and the devices. Anything else stays. */
  dismiss(id: string): void;
}

export interface PageRequest {
  page: number;
  pageSize: number;
}
export interface Page<T> {
  items: T[];
  total: number;
}

export type { AlbumDetail, AlbumItem, ArtistItem, ListenItem };

export interface ListenFilter {
  from?: number;
  to?: number;
  source?: string;
  artist?: number;
  album?: number;
  loved?: boolean;
  q?: string;
}

export type AlbumSort = 'artist' | 'title' | 'year' | 'added' | 'plays' | 'lastPlayed' | 'rating';
export interface AlbumFilter {
  q?: string;
  support?: string;
  year?: number;
  decade?: number;
  artist?: number;
  label?: string;
  genre?: string;
  owned?: boolean;
  wanted?: boolean;
  sort?: AlbumSort;
}

/** A track by itself, as REST answers it. */
export interface TrackItem {
  id: number;
  title: string;
  durationSeconds: number | null;
  album: { id: number; title: string; year: number | null } | null;
  artists: { id: number; name: string }[];
}

/** Reading for REST. Every list is paged; no page scans the whole history. */
export interface Reads {
  listens(request: PageRequest & ListenFilter): Page<ListenItem>;
  listen(id: number): ListenItem | null;
  /** The listens of one local day, oldest first. */
  listensBetween(from: number, to: number): ListenItem[];
  albums(request: PageRequest & AlbumFilter): Page<AlbumItem>;
  album(id: number): AlbumDetail | null;
  artists(request: PageRequest & { q?: string }): Page<ArtistItem>;
  artist(id: number): ArtistDetail | null;
  /** These tracks in this order; null for an unknown id. An id from before a merge leads to the track that stayed. */
  tracks(ids: readonly number[]): (TrackItem | null)[];
  /** The track and the album that a play under these names would be filed under; null for what is not in the library. */
  named(names: { artist: string; title: string; album: string | null }): {
    trackId: number | null;
    albumId: number | null;
  };
  search(q: string, limit: number): SearchResult;
  /** When the library got what is oldest in it now, seconds since the epoch; null while it is empty. */
  begunAt(): number | null;
  counts(): {
    artists: number;
    albums: number;
    owned: number;
    tracks: number;
    listens: number;
    scrobbles: number;
    playlists: number;
  };
}

/** One JSON value a key; what is kept and cannot be read is a symbol, which fits no setting. */
export interface Settings {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
  all(): Record<string, unknown>;
}

/** One JSON value a service; survives restarts. Where it cannot be written at the moment it is remembered, and written as soon as it can be. */
export interface ServiceStates {
  get<T>(service: string): T | undefined;
  set(service: string, state: unknown): void;
}

/** A playlist without its tracks. */
export interface PlaylistItem {
  id: string;
  name: string;
  algorithm: PlaylistAlgorithm | null;
  aiPrompt: string | null;
  options: Record<string, unknown> | null;
  trackCount: number;
  /** Seconds since the epoch. */
  createdAt: number;
  updatedAt: number;
  /** How a model's writing of it goes; `ready` for every other. */
  state: 'writing' | 'ready' | 'failed';
  /** Why the last writing came to nothing, in words. */
  failure: string | null;
  /** The same as a case that a page has words for; null where it failed before there were any. */
  problem: Problem | null;
}

/** What a device wrote to a playlist, held against what the library has of it meanwhile. */
export interface PlaylistState {
  document: PlaylistDocument;
  deleted: boolean;
}

/** What a device made of a playlist. */
export interface PlaylistFromDevice extends PlaylistState {
  /** What the device believed the library had, as it said it, with `_deleted`; null when it knew of nothing. */
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
  /** What the device believed the library had; null when it knew of nothing. */
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
  /** Creates or replaces. An entry whose track is unknown is kept as text, and joins its track when one of that name appears. */
  put(document: PlaylistDocument, deviceId?: string): void;
  remove(uid: string, deviceId?: string): boolean;
  /**
   * Takes what a device wrote, or answers what stands against it. Of two that were changed apart nothing disappears without a word:
   * what gives way is kept in the history of its name.
   */
  push(write: PlaylistFromDevice): PlaylistConflict | null;
  /** Brings a deleted one back as it was. */
  restore(uid: string): boolean;
  /** Begins one that a model is to write: no replica has it before it has tracks. */
  begin(document: Omit<PlaylistDocument, 'entries'>): void;
  /** A model is to write it anew; until then its tracks stay. */
  beginAnew(uid: string): void;
  /** The model's writing came to nothing: why, in words for a person. Tracks it had stay. */
  fail(uid: string, failure: string, problem?: Problem): void;
  /** Those being written, the oldest first. */
  writing(): string[];
}

export type HouseholdChange = Partial<Omit<HouseholdDocument, 'id' | 'turntable'>>;

export interface Household {
  get(): HouseholdDocument;
  /** What a person decided. */
  update(change: HouseholdChange): void;
  /** What the house itself noticed: it shows at once, and is written as soon as it can be. */
  note(change: HouseholdChange): void;
}

export interface Devices {
  seen(id: string, details: { userAgent?: string; name?: string; seq?: number }): void;
  all(): {
    id: string;
    name: string | null;
    userAgent: string | null;
    firstSeen: number;
    lastSeen: number;
    lastSeq: number | null;
  }[];
}

/** The library: one libSQL file, one writer. Methods are synchronous; each write is durable when it returns. */
export interface Library {
  readonly file: string;
  readonly availability: Availability;
  readonly probe: Probe;
  readonly scrobbles: Scrobbles;
  readonly loves: Loves;
  readonly turntable: Turntable;
  readonly scrobbleOutbox: ScrobbleOutbox;
  /** Whose library it is, and in which of its lives. */
  readonly life: Life;
  readonly feed: Feed;
  readonly intents: Intents;
  readonly reads: Reads;
  readonly settings: Settings;
  readonly states: ServiceStates;
  readonly setAside: SetAsideEntries;
  readonly playlists: Playlists;
  readonly household: Household;
  readonly devices: Devices;
  readonly images: Images;
  readonly shelf: Shelf;
  readonly facts: Facts;
  readonly queue: EnrichmentQueue;
  readonly jobRuns: JobRuns;
  readonly rollups: Rollups;
  readonly followUps: FollowUps;
  readonly retention: Retention;
  readonly archive: Archive;
  readonly rebuild: Rebuild;
  /** Applies today's rule for "the same listen" to the whole evidence; see `npm run reresolve`. */
  reresolve(options?: ReresolveOptions): Promise<Reresolution>;
  /**
   * When a device wrote something, in milliseconds of the library's own time: as long ago as the device's clock says, never later
   * than now. @param madeAt by the device's clock and its `offset`. @param deviceNow the device's clock without it, where it says.
   */
  writtenWhen(madeAt: number, device: { now?: number; offset?: number }): number;
  /** What it knows of the time. */
  time(): ServerTime;
  /** Several writes as one: all of them or none. */
  atomically<T>(work: () => T): T;
  /** Writes a verified copy of what is open, wherever its file is by now. @throws when it cannot be written or is not sound. */
  copyTo(path: string): void;
  close(): void;
}
