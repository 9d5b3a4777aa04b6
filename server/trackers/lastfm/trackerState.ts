import type { Withheld } from '../../kit/absence.ts';
import type { ServiceStates } from '../../library/api/settings.ts';

/** What survives a restart. */
export interface TrackerState {
  /** A person's choice; absent means "as configured", which is on. */
  running?: boolean;
  /** Whose history this is, as Last.fm spells it. */
  user?: string;
  /** The newest stamp seen; never later than the clock when it was seen. */
  lastSeen?: number;
  /** Whose plays and loves were here before a person said that another user's belong here too, and when that was. */
  joined?: {
    at: number;
    /** Until a reading of all loves lacks none of theirs: it is the same list. */ former?: string;
  };
  lovesReadAt?: number;
  lovesWithheld?: Withheld | null;
  /** Missing in one complete reading; gone when the next says so too. */
  missingOnce?: number[];
}

/** How the polls went lately. */
export interface TrackerLag {
  /** Seconds since a poll came to a good end, or since the following began. */
  seconds: number;
  /** How often Last.fm is asked. */
  intervalSeconds: number;
  /** Polls in a row that came to nothing. */
  failedPolls: number;
  /** Seconds since the first request that failed with no good poll after it; null while none did. */
  failingSeconds: number | null;
}

/** Whether two names are of one user: Last.fm takes them in any case. */
export const isSameUser = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const SERVICE = 'lastfm-tracker';

/** The tracker's state, in the library. */
export class TrackerStore {
  readonly #states: ServiceStates;
  #state: TrackerState;

  constructor(states: ServiceStates) {
    this.#states = states;
    this.#state = states.get<TrackerState>(SERVICE) ?? {};
  }

  get state(): Readonly<TrackerState> {
    return this.#state;
  }

  save(change: Partial<TrackerState>): void {
    this.#state = { ...this.#state, ...change };
    this.#states.set(SERVICE, this.#state);
  }
}
