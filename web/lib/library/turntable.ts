import { type HeardTrack, heardBy, nextChange, type Sounding, soundingAt } from '#shared/journal/sounding.ts';
import { type TurntableSession, withMoves } from '#shared/journal/turntable.ts';
import type { AddedListen, OptimisticState } from '#shared/mutations/optimisticState.ts';
import { NO_MUTATIONS } from './optimisticState.ts';

/** Listens that the journal's pages are about to bring are shown from here for so long. Milliseconds. */
const ON_ITS_WAY = 2_000;
/** The longest that a timer is set for: a device that slept has its clock looked at. */
const LONGEST_WAIT = 60_000;

/** What the turntable adds to the journal that the server sent, and takes out of it. */
export interface TurntableListens {
  added: readonly AddedListen[];
  takenBack: readonly AddedListen[];
}

/** What plays at the turntable at this moment, or is about to once the record is turned. */
export interface AtTurntable extends Sounding {
  session: TurntableSession;
}

/** The sessions in the household's document and those that this device began, with what was done here: the same on every device. */
export class TurntableStore {
  /** Milliseconds since the epoch by the server's clock. */
  readonly #now: () => number;
  readonly #changed: (playing: readonly AtTurntable[], listens: TurntableListens) => void;
  #serverSessions: readonly TurntableSession[] = [];
  #optimistic: OptimisticState = NO_MUTATIONS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Since when the server reports that it has written them, by session and number. */
  #logged = new Map<string, number>();
  readonly #ids = new Map<string, number>();
  #before = '';

  /** @param changed is called with what plays and which listens are due, each time that one of them changes. */
  constructor(now: () => number, changed: (playing: readonly AtTurntable[], listens: TurntableListens) => void) {
    this.#now = now;
    this.#changed = changed;
  }

  /** What the household's document says. */
  set(serverSessions: readonly TurntableSession[]): void {
    const first = this.#serverSessions.length === 0 ? 0 : this.#now();
    const logged = serverSessions.flatMap(({ id, logged = [] }) => logged.map((number) => keyOf(id, number)));
    this.#logged = new Map(logged.map((key) => [key, this.#logged.get(key) ?? first]));
    this.#serverSessions = serverSessions;
    this.#look();
  }

  setOptimistic(state: OptimisticState): void {
    this.#optimistic = state;
    this.#look();
  }

  /** Those that are not over, the one begun last first. */
  get running(): readonly TurntableSession[] {
    const now = this.#seconds();
    return this.#sessions()
      .filter((session) => nextChange(session, now) !== null)
      .sort((one, other) => other.playedAt - one.playedAt);
  }

  /** What was heard of a session so far, as it is known here. */
  heard(id: string): readonly HeardTrack[] {
    const session = this.#sessions().find((each) => each.id === id);
    return session ? heardBy(session, this.#seconds()) : [];
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1_000);
  }

  #sessions(): TurntableSession[] {
    const { sessions, needleMoves, removedSessions } = this.#optimistic;
    const all = new Map([...sessions, ...this.#serverSessions.map((session) => [session.id, session] as const)]);
    return [...all.values()]
      .filter(({ id }) => !removedSessions.has(id))
      .map((session) => ({ ...session, moves: withMoves(session.moves, needleMoves.get(session.id) ?? []) }));
  }

  /** Reports what there is now, and looks again when it is to change. */
  #look(): void {
    const now = this.#seconds();
    const sessions = this.#sessions();
    const playing = this.running.flatMap((session): AtTurntable[] => {
      const sounding = soundingAt(session, now);
      return sounding ? [{ ...sounding, session }] : [];
    });
    const listens = this.#listens(sessions, now);
    const state = JSON.stringify([playing, listens]);
    if (state !== this.#before) this.#changed(playing, listens);
    this.#before = state;
    clearTimeout(this.#timer);
    const waits = [
      ...sessions.flatMap((session) => nextChange(session, now) ?? []).map((at) => at * 1_000 - this.#now()),
      ...[...this.#logged.values()].map((since) => since + ON_ITS_WAY - this.#now()).filter((wait) => wait > 0),
    ];
    this.#timer =
      waits.length === 0
        ? undefined
        : setTimeout(() => this.#look(), Math.min(LONGEST_WAIT, Math.max(0, ...[Math.min(...waits)]) + 1));
  }

  #listens(sessions: readonly TurntableSession[], now: number): TurntableListens {
    const [added, takenBack]: [AddedListen[], AddedListen[]] = [[], []];
    const serverSessions = new Map(this.#serverSessions.map((session) => [session.id, session]));
    for (const session of sessions) {
      const written = serverSessions.has(session.id)
        ? heardBy(serverSessions.get(session.id)!, now).filter(({ number }) => this.#isLogged(session.id, number))
        : [];
      const heard = heardBy(session, now);
      added.push(...without(heard, written).map((track) => this.#listen(session.id, track)));
      takenBack.push(...without(written, heard).map((track) => this.#listen(session.id, track)));
    }
    for (const [id, begun] of this.#optimistic.removedSessions) {
      const session = serverSessions.get(id) ?? begun;
      if (session) takenBack.push(...heardBy(session, now).map((track) => this.#listen(id, track)));
    }
    return { added, takenBack };
  }

  #isLogged(id: string, number: number): boolean {
    const since = this.#logged.get(keyOf(id, number));
    return since !== undefined && this.#now() - since >= ON_ITS_WAY;
  }

  /** A listen that has no id of the server's has a negative one, always the same. */
  #listen(group: string, { number, trackId, playedAt }: HeardTrack): AddedListen {
    const key = keyOf(group, number);
    const id = this.#ids.get(key) ?? FIRST_ID - this.#ids.size;
    this.#ids.set(key, id);
    return { id, trackId, playedAt, group };
  }
}

/** Below those of what is logged otherwise. */
const FIRST_ID = -1_000_000_000;

const keyOf = (id: string, number: number): string => `${id}:${number}`;

const without = (tracks: readonly HeardTrack[], others: readonly HeardTrack[]): HeardTrack[] =>
  tracks.filter(
    ({ number, playedAt }) => !others.some((other) => other.number === number && other.playedAt === playedAt),
  );
