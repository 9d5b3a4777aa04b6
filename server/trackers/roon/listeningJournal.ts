import type { Log } from '../../kit/log.ts';
import type { Library } from '../../library/api/library.ts';
import type { ScrobbleInput } from '../../library/api/scrobbles.ts';
import {
  type ListeningRule,
  type ListeningState,
  readListening,
  type RoonListen,
  type ZonesEvent,
} from '../roonListening/index.ts';
import { roonImageUrl } from './imageUrl.ts';

const SERVICE = 'roon-listening';
/** How old the persisted state of a track that goes on may be, in seconds: a crash costs no more than that of it. */
const SAVE_EVERY_SECONDS = 60;
/** Seconds between two tries to write what could not be written. */
const RETRY_SECONDS = 5;
const NOBODY = 'Unknown artist';

interface ListeningJournalOptions {
  library: Pick<Library, 'atomically' | 'scrobbles' | 'states'>;
  log: Log;
  rule: () => ListeningRule;
  coreId: () => string | null;
}

/**
 * Turns what the zones do into scrobbles and remembers where each track is. A listen and what is remembered of it are
 * written together, when something begins, ends or was earned; seconds that merely pass are written once a minute.
 */
export class ListeningJournal {
  readonly #o: ListeningJournalOptions;
  #state: ListeningState;
  /** Plays to be recorded that could not be yet, by key. */
  readonly #waiting = new Map<string, ScrobbleInput>();
  #savedAt = 0;
  #retryAt = 0;

  constructor(options: ListeningJournalOptions) {
    this.#o = options;
    this.#state = readListening(options.library.states.get(SERVICE));
  }

  /** One message of the Core, in order. @returns why plays could not be written, in words; null while they can. */
  hear(event: ZonesEvent): string | null {
    const before = this.#state;
    const { state, events } = this.#o.rule().step(before, event);
    this.#state = state;
    const coreId = this.#o.coreId();
    for (const { listen } of events) this.#waiting.set(listen.key, scrobbleOf(listen, coreId));
    const isOld = state.traces.some(({ playing }) => playing) && event.at - this.#savedAt >= SAVE_EVERY_SECONDS;
    const isNews = events.length > 0 || isOld || structureOf(state) !== structureOf(before);
    return isNews || this.#retryAt > 0 ? this.#keep(event.at) : null;
  }

  #keep(at: number): string | null {
    if (at < this.#retryAt) return null;
    const { library, log } = this.#o;
    const plays = [...this.#waiting.values()];
    try {
      library.atomically(() => {
        if (plays.length > 0) library.scrobbles.record(plays);
        library.states.set(SERVICE, this.#state);
      });
    } catch (error) {
      log.error('plays could not be written', { source: 'roon', plays: plays.length, error });
      this.#retryAt = at + RETRY_SECONDS;
      return `Plays cannot be written at the moment: ${(error as Error).message}`;
    }
    this.#waiting.clear();
    this.#savedAt = at;
    this.#retryAt = 0;
    return null;
  }
}

/** What a track that only goes on does not change. */
function structureOf({ connected, sequence, traces, plays }: ListeningState): string {
  const heard = traces.map(({ zoneId, playKey, playing, parkedAt, stale }) => [
    zoneId,
    playKey,
    playing,
    parkedAt !== null,
    stale,
  ]);
  return JSON.stringify([connected, sequence, heard, Object.values(plays).map(({ key, earned }) => [key, earned])]);
}

function scrobbleOf(listen: RoonListen, coreId: string | null): ScrobbleInput {
  const { imageKey } = listen;
  return {
    source: 'roon',
    sourceKey: listen.key,
    playedAt: listen.startedAt,
    endedAt: listen.endedAt,
    listenedSeconds: listen.listenedSeconds,
    artist: listen.artists || NOBODY,
    title: listen.title,
    zone: listen.zoneName,
    ...(listen.album === null ? {} : { album: listen.album }),
    ...(listen.durationSeconds === null ? {} : { durationSeconds: listen.durationSeconds }),
    ...(imageKey === null || coreId === null ? {} : { imageUrl: roonImageUrl(coreId, imageKey) }),
    raw: listen,
  };
}
