import type { HealthCondition } from '#shared/sync/healthCondition.ts';
import { positionAt } from '#shared/journal/sounding.ts';
import type { NowPlaying, Progress, StreamEvent } from '#shared/sync/stream.ts';
import type { Catalogue } from './catalogue.ts';
import type { Signal } from './signal.ts';
import type { AtTurntable } from './turntable.ts';
import type { AlbumEntry, AlbumTextProgress, Live, NowPlayingNow, TrackView } from './types.ts';

/** A track whose end is past by so much has ended, whatever was said of it last. Milliseconds. */
const PAST_ITS_END = 30_000;
/** One whose length nobody knows is shown for so long after it was last heard of. */
const UNKNOWN_LENGTH = 15 * 60_000;
const TICK = 1_000;

/** What happens at this moment: what sounds, what is being worked on, words as they are written. */
export class LiveStore implements Live {
  readonly #signal: Signal;
  readonly #tick: Signal;
  readonly #catalogue: Catalogue;
  /** Milliseconds since the epoch by the server's clock. */
  readonly #now: () => number;
  readonly #trackOf: (trackId: number) => TrackView | null | undefined;
  #items: readonly NowPlaying[] = [];
  #turntable: readonly AtTurntable[] = [];
  #progress: Readonly<Record<string, Progress>> = {};
  #conditions: readonly HealthCondition[] = [];
  #moved = 0;
  readonly #albumTexts = new Map<string, AlbumTextProgress>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    signals: { changed: Signal; tick: Signal },
    catalogue: Catalogue,
    now: () => number,
    trackOf: (trackId: number) => TrackView | null | undefined,
  ) {
    this.#signal = signals.changed;
    this.#tick = signals.tick;
    this.#catalogue = catalogue;
    this.#now = now;
    this.#trackOf = trackOf;
  }

  get nowPlaying(): readonly NowPlayingNow[] {
    this.#signal.track();
    this.#tick.track();
    const now = this.#now();
    const played = this.#turntable.flatMap((playing) => this.#atTurntable(playing, now) ?? []);
    return [
      ...played,
      ...this.#items.filter((item) => !isOver(item, now)).map((item) => this.#withPosition(item, now)),
    ];
  }

  get progress(): Readonly<Record<string, Progress>> {
    this.#signal.track();
    return this.#progress;
  }

  get conditions(): readonly HealthCondition[] {
    this.#signal.track();
    return this.#conditions;
  }

  get moved(): number {
    this.#signal.track();
    return this.#moved;
  }

  albumText(albumId: string): AlbumTextProgress | undefined {
    this.#signal.track();
    return this.#albumTexts.get(albumId);
  }

  forgetAlbumText(albumId: string): void {
    this.#albumTexts.delete(albumId);
    this.#signal.bump();
  }

  heard(event: StreamEvent): void {
    if (movesFacts(event)) {
      this.#moved++;
      this.#signal.bump();
    }
    // The end of what ended meanwhile was missed; what goes on the server reports again.
    if (event.event === 'hello')
      this.#progress = Object.fromEntries(
        Object.entries(this.#progress).filter(([, { state }]) => state !== 'running'),
      );
    if (event.event === 'now-playing') this.#items = event.data.items;
    else if (event.event === 'progress') this.#progress = { ...this.#progress, [event.data.work]: event.data };
    else if (event.event === 'health') this.#conditions = event.data.conditions;
    else if (event.event === 'words') this.#albumTexts.set(event.data.albumId, event.data);
    else return;
    this.#keepTime();
    this.#signal.bump();
  }

  /** What plays at the turntable by a person's word, the session begun last first. */
  setTurntable(playing: readonly AtTurntable[]): void {
    this.#turntable = playing;
    this.#keepTime();
    this.#signal.bump();
  }

  /** Undefined until the library is here. */
  #atTurntable(playing: AtTurntable, now: number): NowPlayingNow | undefined {
    const { session, place, from, state } = playing;
    const { trackId, seconds, about = false } = session.tracks[place]!;
    this.#catalogue.signal.track();
    const track = this.#trackOf(trackId) ?? undefined;
    if (!track) return undefined;
    const unsent = track.unsent !== undefined;
    const begun = session.tracks.slice(1, place + 1).findLastIndex(({ begins }) => begins !== undefined) + 1;
    const begins = session.tracks[begun]?.begins;
    return {
      place: `turntable:${session.id}`,
      source: 'turntable',
      state,
      title: track.title,
      artist: track.artistLine,
      album: track.album?.title ?? track.unsent?.album ?? null,
      durationSeconds: seconds,
      positionSeconds: Math.min(seconds, Math.floor(positionAt(playing, now / 1_000))),
      at: from * 1_000,
      ...(!unsent && { trackId, track }),
      loved: track.loved,
      ...(track.album && { albumId: track.album.id, albumEntry: track.album }),
      session: session.id,
      sessionPlace: place,
      ...(begun > 0 && begins !== undefined && { side: { place: begun, begins } }),
      about,
    };
  }

  #withPosition(item: NowPlaying, now: number): NowPlayingNow {
    const position = reportedPositionAt(item, now);
    this.#catalogue.signal.track();
    const track = item.trackId === undefined ? undefined : (this.#trackOf(item.trackId) ?? undefined);
    const albumEntry = this.#albumOf(item) ?? track?.album;
    return {
      ...item,
      positionSeconds: position === null ? null : Math.floor(position),
      ...(track && { track, loved: track.loved }),
      ...(albumEntry && { albumEntry }),
    };
  }

  /** What the server named when the track began; the record may have become one with another since. */
  #albumOf({ albumId }: NowPlaying): AlbumEntry | undefined {
    return albumId === undefined ? undefined : this.#catalogue.albums.get(this.#catalogue.resolveAlbumId(albumId));
  }

  #ticked(): void {
    this.#tick.bump();
    this.#keepTime();
  }

  /** The clock runs only while something plays. */
  #keepTime(): void {
    const now = this.#now();
    const runs =
      this.#turntable.some(({ state }) => state !== 'paused') ||
      this.#items.some((item) => item.state === 'playing' && !isOver(item, now));
    if (runs) this.#timer ??= setInterval(() => this.#ticked(), TICK);
    else {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }
}

/** Seconds into the track; null where that was never known. Never past its end. */
function reportedPositionAt({ state, positionSeconds, durationSeconds, at }: NowPlaying, now: number): number | null {
  if (positionSeconds === null) return null;
  const position = positionSeconds + (state === 'playing' ? Math.max(0, now - at) / 1_000 : 0);
  return durationSeconds === null ? position : Math.min(position, durationSeconds);
}

/** Whether it must have ended, though nobody said so. */
function isOver({ state, positionSeconds, durationSeconds, at }: NowPlaying, now: number): boolean {
  if (state !== 'playing') return false;
  if (durationSeconds === null || positionSeconds === null) return now - at > UNKNOWN_LENGTH;
  return now - at > (durationSeconds - positionSeconds) * 1_000 + PAST_ITS_END;
}

/** Each connection begins with a greeting: what happened before it went by unheard. */
const movesFacts = ({ event, data }: StreamEvent): boolean =>
  event === 'facts' || event === 'hello' || event === 'service' || (event === 'progress' && data.state !== 'running');
