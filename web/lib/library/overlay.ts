import type { PlayingTime } from '#shared/analytics/playingTime.ts';
import type { Listen } from '#shared/journal/listen.ts';
import { endOf, type NeedleMove, trackToPlay, type TurntableSession } from '#shared/journal/turntable.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { Intent, IntentDocument, IntentKind } from '#shared/sync/intents.ts';

type CaughtUp = Partial<Record<CollectionName, number>>;
type Of<K extends IntentKind> = Extract<Intent, { kind: K }>;

/** Where an applied intent shows: until all of these have passed its seq, the device shows it by itself. */
const TARGETS: Record<IntentKind, readonly CollectionName[]> = {
  'love-track': ['albums', 'artists'],
  'delete-listen': ['journal'],
  'restore-listen': ['journal'],
  'rate-album': ['albums'],
  'note-album': ['albums'],
  'note-listen': ['journal'],
  'add-listens': ['journal', 'household'],
  'log-named': ['journal', 'household'],
  'remove-listens': ['journal', 'household'],
  'move-needle': ['household'],
  'split-listen': ['journal'],
  'rejoin-listen': ['journal'],
  'merge-listens': ['journal'],
  'part-listens': ['journal'],
  'merge-albums': ['albums', 'journal'],
  'split-album': ['albums', 'journal'],
  'merge-artists': ['artists', 'albums'],
  'split-artist': ['artists', 'albums'],
  'alias-artist': ['artists'],
  'choose-cover': ['albums'],
  'add-record': ['albums'],
  'remove-record': ['albums'],
};

/** What this device's own wishes change in what the server sent, until it has sent that itself. */
export interface Overlay {
  loves: ReadonlyMap<number, boolean>;
  ratings: ReadonlyMap<string, number>;
  notes: ReadonlyMap<string, string>;
  covers: ReadonlyMap<string, number>;
  records: ReadonlyMap<string, Of<'add-record'>>;
  /** Copies by hand that were taken back, by their alias. */
  removedCopies: ReadonlySet<string>;
  /** Albums that were merged into another, or taken back. */
  hiddenAlbums: ReadonlySet<string>;
  hiddenArtists: ReadonlySet<string>;
  /** Names to add (true) to an artist's aliases, or to take away. */
  aliases: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
  deletedListens: ReadonlySet<number>;
  restoredListens: ReadonlySet<number>;
  listenNotes: ReadonlyMap<number, string>;
  added: readonly AddedListen[];
  /** What was logged by its names alone, by the ids that its tracks have here: the library knows no such ids. */
  named: ReadonlyMap<number, NamedTrack>;
  /** Reports taken out of their listens, to be shown as listens of their own. */
  splits: ReadonlyMap<string, SplitListen>;
  /** Reports put back whose split may have gone through: the journal may hold them as listens. */
  rejoined: readonly SplitListen[];
  /** By the listen that stays, those that became part of it. */
  merged: ReadonlyMap<number, readonly number[]>;
  /** The same for merges taken back that may have gone through: all of them are to be seen as they were. */
  parted: ReadonlyMap<number, readonly number[]>;
  /** Listens added earlier whose removal is not through: the journal may hold them under the server's ids. */
  takenBack: readonly AddedListen[];
  /** What was begun at the turntable, by its group; its listens follow from the time. */
  sessions: ReadonlyMap<string, TurntableSession>;
  /** What was done there, by the session; the server may know of both by now. */
  needleMoves: ReadonlyMap<string, readonly NeedleMove[]>;
  /** Sessions that were taken back, as this device began them; null where another did. */
  removedSessions: ReadonlyMap<string, TurntableSession | null>;
}

/** A report that a person says is a play of its own; nothing more of it is known where it was split without being seen. */
export interface SplitListen {
  id: number;
  listenId: number;
  report?: Of<'split-listen'>['report'];
}

/** A track that a person logged by its names; the server makes one of the library's of it. */
export interface NamedTrack {
  title: string;
  artist: string;
  album?: string;
  /** It is on this record of the library's. */
  albumId?: string;
  time: PlayingTime;
}

export type AddedListen = Pick<Listen, 'trackId' | 'playedAt'> & { id: number; group: string };

/** Whether the device has to show this intent by itself. */
export function isPending({ intent, verdict }: IntentDocument, caughtUp: CaughtUp): boolean {
  if (!verdict) return true;
  if (verdict.state === 'refused') return false;
  return TARGETS[intent.kind].some((name) => (caughtUp[name] ?? -1) < verdict.appliedSeq);
}

/** Lays the pending intents over each other in the order in which they were made, whatever this device's clock did meanwhile. */
export function overlayOf(documents: Iterable<IntentDocument>, caughtUp: CaughtUp): Overlay {
  const all = [...documents].sort((a, b) => a.number - b.number);
  const layers = new Layers(all);
  for (const document of all) if (isPending(document, caughtUp)) layers.lay(document.intent);
  return layers;
}

class Layers implements Overlay {
  readonly loves = new Map<number, boolean>();
  readonly ratings = new Map<string, number>();
  readonly notes = new Map<string, string>();
  readonly covers = new Map<string, number>();
  readonly records = new Map<string, Of<'add-record'>>();
  readonly removedCopies = new Set<string>();
  readonly hiddenAlbums = new Set<string>();
  readonly hiddenArtists = new Set<string>();
  readonly aliases = new Map<string, Map<string, boolean>>();
  readonly deletedListens = new Set<number>();
  readonly restoredListens = new Set<number>();
  readonly listenNotes = new Map<number, string>();
  added: AddedListen[] = [];
  takenBack: AddedListen[] = [];
  readonly splits = new Map<string, SplitListen>();
  rejoined: SplitListen[] = [];
  readonly merged = new Map<number, readonly number[]>();
  readonly parted = new Map<number, readonly number[]>();
  readonly sessions = new Map<string, TurntableSession>();
  readonly needleMoves = new Map<string, NeedleMove[]>();
  readonly removedSessions = new Map<string, TurntableSession | null>();
  readonly named = new Map<number, NamedTrack>();
  readonly #groups = new Map<string, AddedListen[]>();
  readonly #begun = new Map<string, TurntableSession>();
  readonly #splitIds = new Map<string, number>();

  /** What has no id of the server's gets a negative one, always the same for the same intents. */
  constructor(all: readonly IntentDocument[]) {
    let id = 0;
    for (const { intent, madeAt } of all) {
      if (intent.kind === 'add-listens' || intent.kind === 'log-named') {
        const added = intent.kind === 'add-listens' ? intent : { ...intent, tracks: this.#tracksOf(intent) };
        const session = sessionOf(added, madeAt);
        if (session) this.#begun.set(session.id, session);
        else
          this.#groups.set(
            intent.group,
            addedListens(added, () => --id),
          );
      } else if (intent.kind === 'split-listen') this.#splitIds.set(splitKey(intent), --id);
    }
  }

  /** Its tracks with ids of their own: negative, and always the same for the same intents. */
  #tracksOf({ tracks, artist, album, albumId, whole }: Of<'log-named'>): ToPlay[] {
    return tracks.map(({ title, ...timed }) => {
      const trackId = -1 - this.named.size;
      const { seconds, about } = trackToPlay({ trackId, ...timed, whole });
      const time = { seconds, estimatedSeconds: about ? seconds : 0 };
      this.named.set(trackId, {
        title,
        artist,
        ...(album !== undefined && { album }),
        ...(albumId !== undefined && { albumId }),
        time,
      });
      return { trackId, ...timed, ...(whole && { whole }) };
    });
  }

  lay(intent: Intent): void {
    switch (intent.kind) {
      case 'love-track':
        return void this.loves.set(intent.trackId, intent.loved);
      case 'rate-album':
        return void this.ratings.set(intent.albumId, intent.rating);
      case 'note-album':
        return void this.notes.set(intent.albumId, intent.note);
      case 'choose-cover':
        return void this.covers.set(intent.albumId, intent.imageId);
      case 'add-record':
        this.removedCopies.delete(intent.alias);
        this.hiddenAlbums.delete(intent.alias);
        return void this.records.set(intent.alias, intent);
      case 'remove-record':
        this.records.delete(intent.alias);
        this.removedCopies.add(intent.alias);
        return void this.hiddenAlbums.add(intent.alias);
      case 'merge-albums':
        return void this.hiddenAlbums.add(intent.from);
      case 'split-album':
        return void this.hiddenAlbums.delete(intent.from);
      case 'merge-artists':
        return void this.hiddenArtists.add(intent.from);
      case 'split-artist':
        return void this.hiddenArtists.delete(intent.from);
      case 'alias-artist':
        return this.#alias(intent);
      default:
        return this.#layListen(intent);
    }
  }

  #layListen(intent: Intent): void {
    switch (intent.kind) {
      case 'delete-listen':
        this.restoredListens.delete(intent.listenId);
        return void this.deletedListens.add(intent.listenId);
      case 'restore-listen':
        this.deletedListens.delete(intent.listenId);
        return void this.restoredListens.add(intent.listenId);
      case 'note-listen':
        return void this.listenNotes.set(intent.listenId, intent.note);
      case 'split-listen':
      case 'rejoin-listen':
        return this.#split(intent);
      case 'merge-listens':
      case 'part-listens':
        return this.#merge(intent);
      case 'add-listens':
      case 'log-named':
        return this.#begin(intent.group);
      case 'move-needle':
        return void this.needleMoves.set(intent.group, [...(this.needleMoves.get(intent.group) ?? []), intent.move]);
      case 'remove-listens':
        if (!this.#groups.has(intent.group))
          this.removedSessions.set(intent.group, this.#begun.get(intent.group) ?? null);
        this.sessions.delete(intent.group);
        this.added = this.added.filter(({ group }) => group !== intent.group);
        return void this.takenBack.push(...(this.#groups.get(intent.group) ?? []));
    }
  }

  #begin(group: string): void {
    const session = this.#begun.get(group);
    if (session) this.sessions.set(group, session);
    else this.added.push(...(this.#groups.get(group) ?? []));
  }

  #split(intent: Of<'split-listen'> | Of<'rejoin-listen'>): void {
    const key = splitKey(intent);
    const { kind, listenId, report } = intent;
    const split = { id: this.#splitIds.get(key) ?? 0, listenId, ...(report && { report }) };
    const again = this.rejoined.filter(({ id }) => id !== split.id);
    this.rejoined = kind === 'split-listen' ? again : [...again, split];
    if (kind === 'split-listen') this.splits.set(key, split);
    else this.splits.delete(key);
  }

  #merge({ kind, listenIds: [first = 0, ...others] }: Of<'merge-listens'> | Of<'part-listens'>): void {
    const [now, before] = kind === 'merge-listens' ? [this.merged, this.parted] : [this.parted, this.merged];
    now.set(first, others);
    before.delete(first);
  }

  #alias({ artistId, name, remove = false }: Of<'alias-artist'>): void {
    let names = this.aliases.get(artistId);
    if (!names) this.aliases.set(artistId, (names = new Map()));
    names.set(name, !remove);
  }
}

type ToPlay = Parameters<typeof trackToPlay>[0];
type Added = Pick<Of<'add-listens'>, 'group' | 'playedAt'> & { tracks: readonly ToPlay[] };

const splitKey = ({ listenId, scrobbleId }: { listenId: number; scrobbleId: number }): string =>
  `${listenId}:${scrobbleId}`;

/** What had not ended when it was said plays at the turntable. @param madeAt milliseconds since the epoch. */
function sessionOf({ group, playedAt, tracks }: Added, madeAt: number): TurntableSession | undefined {
  const session = { id: group, playedAt, tracks: tracks.map(trackToPlay), moves: [] };
  return endOf(session) > Math.floor(madeAt / 1000) ? session : undefined;
}

function addedListens(intent: Added, nextId: () => number): AddedListen[] {
  let playedAt = intent.playedAt;
  return intent.tracks.map((track) => {
    const listen = { id: nextId(), trackId: track.trackId, playedAt, group: intent.group };
    playedAt += trackToPlay(track).seconds;
    return listen;
  });
}

export const NO_OVERLAY: Overlay = overlayOf([], {});
