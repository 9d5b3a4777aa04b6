import type { ListenSource } from '#shared/journal/listen.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { HouseholdDocument, ServiceState } from '#shared/library/household.ts';
import type { LentColour } from '#shared/library/image.ts';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { Revision, RevisionSubject } from '#shared/library/revision.ts';
import type { Credit } from '#shared/library/track.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { IntentDocument, IntentKind } from '#shared/sync/intents.ts';
import type { BringBackMarks } from '../replica/bringBack.ts';
import type { Held, HeldAnswer, HeldQuestion } from '../replica/held.ts';
import type { BringBackCommand } from '../replica/types.ts';
import type { NowPlaying, Progress } from '#shared/sync/stream.ts';

/**
 * What pages see of the replica. Every property and every method here is reactive where it is read inside a
 * template, `$derived` or `$effect`; none of them waits. `undefined` means "not loaded yet" (a skeleton, or nothing for
 * 150 ms), `null` means "there is none".
 */

export type { BringBackMarks, Held, HeldAnswer, HeldQuestion };

/** `offline`: everything on this device works, the server does not answer. */
export type SessionState = 'opening' | 'first-sync' | 'ready' | 'offline' | 'needs-token' | 'outdated' | 'error';

/** Why something is limited or failed, as keys of the translations. */
export type SessionReason =
  | 'storage-unavailable' // private window: kept in memory only, gone with the tab
  | 'quota-exceeded' // the browser gives no more room
  | 'storage-lost' // the browser has deleted the replica under the open page; a new page fetches it again
  | 'insecure-context' // plain HTTP on the LAN: works, but not offline
  | 'replica-failed'; // the replica could not be opened, or not any more; a new page may, and `reset` helps

export interface DeviceStorage {
  /** Bytes; null where the browser does not say. */
  used: number | null;
  quota: number | null;
  /** The browser promised not to evict it; null where it cannot promise. */
  persisted: boolean | null;
}

export interface Session {
  readonly state: SessionState;
  /** The worst of what limits this device, or null. */
  readonly reason: SessionReason | null;
  /** This device's UUID. */
  readonly deviceId: string;
  /** Which library this device follows; '' where the server never said. */
  readonly libraryId: string;
  /** True when reloading without a network would work here. */
  readonly worksOffline: boolean;
  /** Opens the replica and starts replicating. Resolves when the first rows can be shown. Calling again changes nothing. */
  start(): Promise<void>;
  /** @returns false when the server refuses the token. */
  signIn(token: string): Promise<boolean>;
  signOut(): Promise<void>;
  storage(): Promise<DeviceStorage>;
  /** Asks the browser to keep the replica. @returns its answer. */
  persist(): Promise<boolean>;
  /** Erases this device's replica (not the server's library) and reloads the page. Unsent changes are sent first where possible. */
  reset(): Promise<void>;
}

/** `halted`: the device stores nothing any more, see the session's reason. */
export type SyncState = 'in-step' | 'syncing' | 'offline' | 'halted';

/** An intent or playlist change that the server has not answered yet, for the list of what is waiting. */
export interface WaitingChange {
  id: string;
  kind: IntentKind | 'playlist';
  /** Milliseconds since the epoch. */
  madeAt: number;
  intent?: IntentDocument['intent'];
  /** What it is about, as it was shown then; '' where nobody knows. */
  about?: string;
  /** Name of the playlist, for `playlist`. */
  name?: string;
  /** Which kind of change a playlist's was; unknown where there were several. */
  did?: string;
}

/** An intent or playlist change that the server refused, to be told in words and dismissed. */
export interface RefusedChange {
  id: string;
  kind: IntentKind | 'playlist';
  intent?: IntentDocument['intent'];
  /** Name of the playlist, for `playlist`. */
  name?: string;
  /** What it was about, as it was shown then. */
  about?: string;
  /** What the person had written, or wanted in the playlist. */
  words?: string | undefined;
  /** Which kind of change a playlist's was. */
  did?: string | undefined;
  /** A key of the translations. */
  reason: string;
  message: string;
}

export interface Sync {
  readonly state: SyncState;
  /** 0–100 while `syncing`. */
  readonly progress: number;
  readonly waiting: readonly WaitingChange[];
  readonly refused: readonly RefusedChange[];
  /** How many documents of each collection came from the server and cannot be read on this device. */
  readonly unreadable: readonly { collection: CollectionName; count: number }[];
  /** Milliseconds since the epoch; null before the first time. */
  readonly lastInStepAt: number | null;
  /** The server has lost its library and waits to be told what to do. */
  readonly recovery: boolean;
  /** The server's library would take much of what is here. */
  readonly held: Held | null;
  /** How far this device has come with giving its library back. */
  readonly bringBack: BringBackMarks | null;
  answerHeld(answer: HeldAnswer, to: HeldQuestion): void;
  giveBack(command: BringBackCommand): void;
  dismiss(refusedId: string): Promise<void>;
  /** Tries again at once. */
  retry(): void;
}

/** One listen as the Journal shows it. Titles and names come from `tracks.of(listen)`. */
export interface JournalListen {
  /** The server's id; negative for a listen that waits to be sent. */
  id: number;
  /** Start, seconds since the epoch. */
  playedAt: number;
  trackId: number;
  /** Album id, or minus the artist's id. */
  holder: number;
  source: ListenSource;
  zone?: string;
  witnesses: number;
  note?: string;
  goneUpstream: boolean;
  /** Made or changed on this device and not yet confirmed. */
  pending: boolean;
  /** Group of an `add-listens` that waits, to undo it. */
  group?: string;
}

/** Consecutive listens of one album (or one loose track). Newest first, like everything in the Journal. */
export interface JournalRun {
  /** Stable while the run grows at its newest end. */
  key: string;
  /** null for a track without album. */
  albumId: string | null;
  listens: readonly JournalListen[];
}

export interface DaySummary {
  listens: number;
  /** Listened minutes, by the tracks' durations where known. */
  minutes: number;
  /** Listens in each hour of the local day. */
  hours: readonly number[];
}

export interface JournalDay {
  /** Local date in the household's time zone, `2026-11-22`; null for listens whose date is unknown (last of all). */
  date: string | null;
  /** Known without resolving anything: what a virtual list needs to reckon heights. */
  listenCount: number;
  runCount: number;
  /** Listens in each run, newest run first. */
  runSizes: readonly number[];
  /** Resolved lazily and kept. */
  readonly runs: readonly JournalRun[];
  readonly summary: DaySummary;
}

export interface JournalFilter {
  /** Seconds since the epoch, [from, to). */
  from?: number;
  to?: number;
  sources?: readonly ListenSource[];
  albumId?: string;
  artistId?: string;
  trackId?: number;
  lovedOnly?: boolean;
  notedOnly?: boolean;
  zone?: string;
  /** Words that title, artists or record must have between them; accents and case do not count. */
  text?: string;
  genre?: string;
  style?: string;
  label?: string;
  support?: string;
  /** First year of the decade in which the record, or another pressing of it, first came out. */
  decade?: number;
  /** 0–23 of the local day. */
  hour?: number;
  /** Monday is 0. */
  weekday?: number;
}

/** Days, newest first. */
export interface JournalView {
  /** Changes whenever anything in the view does. */
  readonly version: number;
  /** Listens in the view. */
  readonly length: number;
  readonly dayCount: number;
  /** 0 is the newest day. */
  day(index: number): JournalDay | undefined;
  /** Index of that local date, or of the nearest older day; dayCount when there is none. */
  dayIndexOf(date: string): number;
}

export interface Journal extends JournalView {
  /** All pages are in memory. While false, the newest ones are, and older days appear. */
  readonly complete: boolean;
  listen(id: number): JournalListen | undefined;
  filtered(filter: JournalFilter): JournalView;
  /** The listens of one local date, oldest first. */
  onDate(date: string): readonly JournalListen[];
}

export interface Plays {
  count: number;
  /** Seconds since the epoch; null when never (or only at an unknown date). */
  firstPlayedAt: number | null;
  lastPlayedAt: number | null;
}

/** An album as lists need it; all of them are in memory. */
export interface AlbumEntry {
  id: string;
  title: string;
  artists: readonly Credit[];
  /** Names as printed, with their joins: "Alice Coltrane feat. Pharoah Sanders". */
  artistLine: string;
  /** The first artist's name as a shelf orders it, folded; "" when there is none. */
  artistSort: string;
  titleSort: string;
  year: number | null;
  support: string | null;
  owned: boolean;
  wanted: boolean;
  addedAt: number | null;
  rating: number;
  /** Shown as /api/v1/images/:id; null: a designed placeholder. */
  imageId: number | null;
  lent: LentColour | null;
  genres: readonly string[];
  labels: readonly string[];
  trackCount: number;
  masterId: string | null;
  discogsId: string | null;
  spotifyUrl: string | null;
  /** Copies that were written down by hand, by the names their devices gave them; they can be taken back. */
  byHand: readonly string[];
}

export type AlbumSort = 'artist' | 'title' | 'year' | 'added' | 'plays' | 'lastPlayed' | 'rating';

export interface AlbumFilter {
  /** Default: `owned`, or `all` while nothing is owned. */
  shelf?: 'owned' | 'heard' | 'wanted' | 'all';
  supports?: readonly string[];
  decades?: readonly number[];
  genres?: readonly string[];
  labels?: readonly string[];
  artistIds?: readonly string[];
  neverPlayed?: boolean;
  /** At least. */
  rating?: number;
  text?: string;
  sort?: AlbumSort;
  descending?: boolean;
}

export interface Facet<T> {
  value: T;
  count: number;
}

export interface Facets {
  supports: Facet<string>[];
  decades: Facet<number>[];
  genres: Facet<string>[];
  labels: Facet<string>[];
  artists: (Facet<string> & { name: string })[];
  owned: number;
  heard: number;
  wanted: number;
  neverPlayed: number;
  total: number;
}

export interface Albums {
  readonly version: number;
  /** All entries are in memory. */
  readonly complete: boolean;
  readonly count: number;
  /** The light entry, without waiting once `complete`. */
  entry(id: string): AlbumEntry | null | undefined;
  /** The whole document, with this device's pending changes in it. Loads it when it is not at hand. */
  get(id: string): AlbumDocument | null | undefined;
  /** The id by which an album goes now, given one it had before it became part of another or reached the server. */
  today(id: string): string;
  /** Loads these together; for what a virtual list is about to show. */
  ensure(ids: readonly string[]): void;
  list(filter?: AlbumFilter): readonly AlbumEntry[];
  /** Counts of each facet's values under the other facets of the filter. */
  facets(filter?: AlbumFilter): Facets;
  /** Pressings that share this album's master, itself included. */
  pressings(id: string): readonly AlbumEntry[];
  plays(id: string): Plays;
}

export interface ArtistEntry {
  id: string;
  name: string;
  sortName: string;
  imageId: number | null;
}

export interface Artists {
  readonly version: number;
  readonly complete: boolean;
  readonly count: number;
  entry(id: string): ArtistEntry | null | undefined;
  get(id: string): ArtistDocument | null | undefined;
  /** The id by which an artist goes now, given one of an artist that was merged into another. */
  today(id: string): string;
  ensure(ids: readonly string[]): void;
  list(): readonly ArtistEntry[];
  albums(id: string): readonly AlbumEntry[];
  plays(id: string): Plays;
}

/** A track with what surrounds it. */
export interface TrackView {
  id: number;
  title: string;
  position?: string;
  durationSeconds?: number;
  loved: boolean;
  /** A love or its undoing that the server has not confirmed. */
  lovePending: boolean;
  artists: readonly Credit[];
  artistLine: string;
  /** null for a track without album. */
  album: AlbumEntry | null;
}

export interface Tracks {
  /** By track and holder, as a listen has them. */
  of(place: { trackId: number; holder: number }): TrackView | null | undefined;
  /** By id alone (playlists); needs the whole library in memory, `undefined` until then. */
  get(trackId: number): TrackView | null | undefined;
  plays(trackId: number): Plays;
}

export interface Playlists {
  readonly list: readonly PlaylistDocument[] | undefined;
  get(id: string): PlaylistDocument | null | undefined;
}

export type * from './actionTypes.ts';
export type * from './searchTypes.ts';

/** What sounds now; `positionSeconds` moves by itself once a second while it plays. */
export interface NowPlayingNow extends NowPlaying {
  /** The library's track, once it is known there. */
  track?: TrackView;
  albumEntry?: AlbumEntry;
}

export interface Live {
  readonly nowPlaying: readonly NowPlayingNow[];
  /** Long pieces of work, by their name. */
  readonly progress: Readonly<Record<string, Progress>>;
  /** Moves whenever what only the server keeps may have become another, also while it was out of reach. */
  readonly moved: number;
  /** Words being written for an album, while a person waits. */
  words(albumId: string): Words | undefined;
  /** New words are asked for: what was told of earlier ones no longer counts. */
  forgetWords(albumId: string): void;
}

/** Words about an album as they are written; `failed` says why nothing was. */
export interface Words {
  text: string;
  done: boolean;
  failed?: string;
}

/** A person's own word that is not shown any more, with what it is of. */
export interface GaveWay extends Revision {
  subject: RevisionSubject;
  subjectId: string;
}

export interface Histories {
  /** What a note or name was before, the newest first. */
  of(subject: RevisionSubject, id: string | number): readonly Revision[];
  /** What was written on this device and gave way to what its writer did not know of; until it is read. */
  readonly gaveWay: readonly GaveWay[];
  /** The person has read of it. */
  dismiss(revisionId: string): void;
}

export interface Household {
  /** Until it is known: the browser's time zone, no services. */
  readonly current: HouseholdDocument;
  readonly known: boolean;
  service(id: ServiceState['id']): ServiceState | undefined;
}
