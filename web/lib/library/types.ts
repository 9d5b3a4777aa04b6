import type { Problem } from '#shared/errors/errors.ts';
import type { HealthCondition } from '#shared/sync/healthCondition.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import type { Begins } from '#shared/journal/turntable.ts';
import type { HouseholdDocument, ServiceState } from '#shared/library/household.ts';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { Revision, RevisionSubject } from '#shared/library/revision.ts';
import type { NowPlaying, Progress } from '#shared/sync/stream.ts';
import type { AlbumEntry, TrackView } from './catalogueTypes.ts';
import type { BringBackProgress } from '../replica/bringBackProgress.ts';
import type { Held, HeldAnswer, HeldQuestion, Refusal } from '../replica/held.ts';

/**
 * What pages see of the replica. Every property and every method here is reactive where it is read inside a
 * template, `$derived` or `$effect`; none of them waits. `undefined` means "not loaded yet" (a skeleton, or nothing for
 * 150 ms), `null` means "there is none".
 */

export type { BringBackProgress, Held, HeldAnswer, HeldQuestion, Refusal };
export type * from './mutations/types.ts';
export type * from './catalogueTypes.ts';
export type * from './journalTypes.ts';
export type * from './searchTypes.ts';
export type * from './sessionTypes.ts';
export type * from './syncTypes.ts';

export interface Playlists {
  readonly list: readonly PlaylistDocument[] | undefined;
  get(id: string): PlaylistDocument | null | undefined;
}

/** What plays now; `positionSeconds` moves by itself once a second while it plays. */
export interface NowPlayingNow extends Omit<NowPlaying, 'source' | 'state'> {
  source: NowPlaying['source'] | 'turntable';
  /** `turning`: this track begins once the record is turned, or the next one put on. */
  state: NowPlaying['state'] | 'turning';
  /** Of the session at the turntable: its id, and the track's place in it. */
  session?: string;
  sessionPlace?: number;
  /** What begins with this track, or began with the side that it is on and may begin anew. */
  side?: { place: number; begins: Begins };
  /** Nobody knows how long the track is: its length is the usual one. */
  about?: boolean;
  /** The library's track, once it is known there. */
  track?: TrackView;
  albumEntry?: AlbumEntry;
}

export interface Live {
  readonly nowPlaying: readonly NowPlayingNow[];
  /** Long pieces of work, by their name. */
  readonly progress: Readonly<Record<string, Progress>>;
  /** What a person should know of the server, as it reported last; nobody knows whether it still holds while the server is out of reach. */
  readonly conditions: readonly HealthCondition[];
  /** Moves whenever what only the server keeps may have become another, also while it was out of reach. */
  readonly moved: number;
  /** Words being written for an album, while a person waits. */
  albumText(albumId: string): AlbumTextProgress | undefined;
  /** A new text is asked for: what was reported of earlier ones no longer counts. */
  forgetAlbumText(albumId: string): void;
}

/** Words about an album as they are written; `failed` says why nothing was. */
export interface AlbumTextProgress {
  text: string;
  done: boolean;
  failed?: string;
  problem?: Problem;
}

/** A person's own word that is not shown any more, with what it is of. */
export interface SupersededNotice extends Revision {
  subject: RevisionSubject;
  subjectId: string;
}

export interface Histories {
  /** What a note or name was before, the newest first. */
  of(subject: RevisionSubject, id: string | number): readonly Revision[];
  /** What was written on this device and gave way to what its writer did not know of; until it is read. */
  readonly supersededNotices: readonly SupersededNotice[];
  /** The person has read of it. */
  dismiss(revisionId: string): void;
}

export interface Household {
  /** Until it is known: the browser's time zone, no services. */
  readonly current: HouseholdDocument;
  /** Days and hours are reckoned in the household's time zone, wherever this device is. */
  readonly calendar: Calendar;
  readonly known: boolean;
  service(id: ServiceState['id']): ServiceState | undefined;
}
