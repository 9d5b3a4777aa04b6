import { RetryState } from './retryState.ts';
import type { BringBack } from './bringBack.ts';
import type { Database } from './database.ts';
import { differencesFrom } from './differences.ts';
import { reasonToHold, refusedInAll, type Held, type HeldAnswer, type HeldQuestion } from './held.ts';
import type { Counts, Holdings } from './counts.ts';
import { COUNTED, holdingsOf } from './holdings.ts';
import { inDanger } from './kinds.ts';
import type { MetadataStore } from './metadataStore.ts';
import type { ConnectionState } from './connectionState.ts';
import { collections, type CollectionName } from '#shared/sync/collections.ts';
import { canonical } from '#shared/text/canonical.ts';
import type { ServerState } from './serverState.ts';
import type { Transport } from './transport.ts';
import { ApiError } from './apiClient.ts';
import { pause, retrying, unlessAborted, Wake } from './retry.ts';

/** Milliseconds after which a server whose library was not taken in is asked again: a mount may be back. */
const LOOK_AGAIN = 30_000;

export interface HeldPullHost {
  database: Database;
  names: readonly CollectionName[];
  calls: Transport;
  metadata: MetadataStore;
  connectionState: ConnectionState;
  bringBack: BringBack;
  changed(): void;
}

/**
 * Stands between this device and a server's library in a life it does not know: nothing is pulled over what is here before it is
 * sure that little of it would go, or a person has said that it may.
 */
export class HeldPull {
  readonly #host: HeldPullHost;
  readonly #retry: RetryState;
  readonly #wake = new Wake();

  constructor(host: HeldPullHost) {
    this.#host = host;
    this.#retry = new RetryState(host.connectionState);
  }

  /** A person's answer; may be changed as long as the library is held. */
  answer(answer: HeldAnswer, to: HeldQuestion): void {
    const { metadata, changed } = this.#host;
    const { held } = metadata.read();
    if (!held || !isSameQuestion(held, to)) return;
    metadata.write({ held: { ...held, answer } });
    changed();
    this.wake();
  }

  /** Asks the server again at once. */
  wake(): void {
    this.#wake.wake();
  }

  /** Notes why the library that is being pulled is to be held; `passed` waits for the answer then. */
  hold(cause: 'replaced' | 'emptied', losing: CollectionName[], mine: number, theirs: number): void {
    const { metadata } = this.#host;
    const { libraryId, epoch } = metadata.read();
    const counts = (count: number) => ({
      documents: Object.fromEntries(losing.map((name) => [name, count])),
      listens: 0,
    });
    const facts = { because: null, libraryId: libraryId ?? '', epoch: epoch ?? '', since: Date.now(), answer: null };
    metadata.write({ held: { cause, losing, mine: counts(mine), theirs: counts(theirs), ...facts }, accepted: null });
  }

  /**
   * Waits until the server's library may be taken over, whatever that takes, and sends the server which ids this device has seen.
   * @returns what the server said of it; undefined when `life` ended before.
   */
  async passed(life: AbortSignal): Promise<ServerState | undefined> {
    const { metadata, database, names, bringBack, changed } = this.#host;
    for (;;) {
      const theirs = await this.#asked((signal) => this.#host.calls.state(signal).catch(olderServer), life);
      if (!theirs || theirs === UNKNOWN_STATE) return theirs;
      // What is still being given is counted there once it is.
      if (await bringBack.ended()) continue;
      if (await bringBack.lossIsOver(theirs.cause, life)) continue;
      const mine = await holdingsOf(database, names);
      const { held: before, accepted, libraryId } = metadata.read();
      const isAccepted = accepted?.epoch === theirs.epoch;
      metadata.write({ held: isAccepted ? null : this.#decideHold(before, libraryId, mine, theirs) });
      changed();
      const isSame = libraryId === null || libraryId === theirs.libraryId;
      if (isSame && !isAccepted && !(await this.#compared(mine, theirs, changedSince(before, theirs), life))) continue;
      const { held } = metadata.read();
      if (!held) {
        await this.#introduce(mine, theirs, life);
        return life.aborted ? undefined : theirs;
      }
      if (held.answer === 'theirs') metadata.write({ accepted: { epoch: theirs.epoch, seq: theirs.seq }, held: null });
      else if (held.answer === 'bring-back') await this.#broughtBack(bringBack, held, life);
      else await this.#answered(life);
      if (life.aborted) return undefined;
    }
  }

  #decideHold(before: Held | null, libraryId: string | null, mine: Holdings, theirs: ServerState): Held | null {
    const { libraryId: id, epoch, cause: because } = theirs;
    const same = before?.epoch === epoch ? before : null;
    // What was seen while it was pulled no count shows: it stands until it is answered.
    if (same?.cause === 'replaced' || (same?.cause === 'emptied' && reasonToHold(libraryId, mine, theirs))) return same;
    // A count passes over the little that was refused: what became of it is looked at, in whatever life of the library.
    const former =
      before?.libraryId === id && before.refused
        ? { refused: before.refused, refusedInAll: refusedInAll({ ...before, refused: before.refused }) }
        : null;
    const reason = reasonToHold(libraryId, mine, theirs) ?? (former ? { cause: 'smaller' as const, losing: [] } : null);
    // What only a comparison shows, no count takes back.
    if (!reason) return same?.cause === 'smaller' && same.losing.length === 0 ? same : null;
    const counts = { mine: countsOf(mine), theirs: countsOf(theirs) };
    const retained = {
      since: same?.since ?? Date.now(),
      answer: same?.answer ?? null,
      ...(same?.differences && !(same.answer && changedSince(same, theirs)) && { differences: same.differences }),
      ...former,
    };
    return { ...reason, because, ...counts, libraryId: id, epoch, ...retained };
  }

  /**
   * Looks at what really differs, for each question and when the server has changed since, until it is answered: counts show neither what is written otherwise, nor that nothing would be
   * lost. Devices fill a library that was lost so that nothing is missing from it: what only this one has is asked about, however little.
   *
   * @returns false when somebody answered meanwhile, the server holds another life by now, or `life` ended.
   */
  async #compared(mine: Holdings, theirs: ServerState, isStale: boolean, life: AbortSignal): Promise<boolean> {
    const { metadata, database, names, calls, changed } = this.#host;
    const { held } = metadata.read();
    const hasAnything = Object.values(mine.documents).some((count) => count > 0);
    if (
      held
        ? held.answer !== null || (held.differences !== undefined && !isStale)
        : theirs.cause !== 'rebuild' || !hasAnything
    )
      return true;
    const { epoch, seq, libraryId } = theirs;
    const woken = AbortSignal.any([life, this.#wake.signal]);
    const differences = await this.#asked(
      (signal) =>
        differencesFrom(database, names, (...asked) => calls.pull(...asked), epoch, signal).catch(unlessOfAnotherLife),
      woken,
    );
    const now = metadata.read().held;
    if (!differences || (held && (!now || !isSameQuestion(now, held)))) return false;
    const isLost =
      inDanger(differences, 'onlyHere').length > 0 ||
      (held?.cause === 'emptied' && differences.playlists.onlyHere > 0) ||
      isRefusedUncompared(held);
    const counts = { mine: countsOf(mine), theirs: countsOf(theirs) };
    if (now && (isLost || inDanger(differences, 'differs').length > 0))
      metadata.write({ held: { ...now, ...counts, differences } });
    // Nothing is lost by it: there is nothing to ask, now or when it is pulled.
    else if (now) metadata.write({ held: null, accepted: { epoch, seq } });
    else if (isLost) {
      metadata.write({
        held: {
          cause: 'smaller',
          because: theirs.cause,
          losing: [],
          ...counts,
          differences,
          libraryId,
          epoch,
          since: Date.now(),
          answer: null,
        },
      });
    }
    changed();
    return true;
  }

  /** What this device has is on the server now; where that is still not so, or not all of it was taken, the person is asked again. */
  async #broughtBack(bringBack: BringBack, held: Held, life: AbortSignal): Promise<void> {
    const { metadata, changed } = this.#host;
    const done = await bringBack.run('add', held.epoch, life);
    if (life.aborted) return;
    const now = metadata.read().held;
    const stands = now?.answer === 'bring-back' && isSameQuestion(now, held);
    const given = metadata.read().bringBack;
    const { differences: _before, refused: _former, refusedInAll: _formerly, ...question } = held;
    if (stands && done && given && given.refused.length > 0)
      metadata.write({
        held: { ...question, answer: null, refused: given.refused, refusedInAll: refusedInAll(given) },
      });
    // All of it was given: what the server counts otherwise now, it counts for reasons of its own.
    else if (stands) metadata.write({ held: { ...held, answer: done ? 'theirs' : null } });
    changed();
    if (!done) await this.#answered(life);
  }

  /** An id that this device has seen is given to nothing else, whatever the library has forgotten. */
  async #introduce({ highest }: Holdings, { libraryId, epoch, seq }: ServerState, life: AbortSignal): Promise<void> {
    const known = this.#host.metadata.read().libraryId;
    if (known !== null && known !== libraryId) return;
    // A server that does not take it has another library by now, and will say so at the next pull.
    await this.#asked(
      (signal) => this.#host.calls.seen({ libraryId, epoch, seq, highest }, signal).catch(unlessRefused),
      life,
    );
  }

  /** @returns the answer; undefined when the server refuses the question, or `life` ended. */
  #asked<T>(ask: (signal: AbortSignal) => Promise<T>, life: AbortSignal): Promise<T | undefined> {
    const attempt = async (): Promise<T> => {
      const answer = await ask(life);
      this.#retry.succeeded();
      return answer;
    };
    return unlessAborted(retrying(this.#retry, attempt, { signal: life }), life);
  }

  /** Waits until a person may have answered, or the server may hold something else. */
  #answered(life: AbortSignal): Promise<void> {
    return pause(LOOK_AGAIN, [life, this.#wake.signal]);
  }
}

const countsOf = ({ documents, listens }: Counts): Counts => ({ documents, listens });

const isSameQuestion = (one: HeldQuestion, other: HeldQuestion): boolean =>
  one.epoch === other.epoch && one.cause === other.cause;

/** Refused documents that no comparison speaks of, and that would go: what a device pushes anyway stays. */
const isRefusedUncompared = (held: Held | null): boolean =>
  (held?.refused ?? []).some(({ collection }) => !COUNTED.includes(collection) && !collections[collection].push);

/** A server of an earlier version cannot say what it holds: what it lacks shows at the end of the pull only. */
const UNKNOWN_STATE: ServerState = { libraryId: '', epoch: '', seq: 0, cause: null, documents: {}, listens: 0 };

function olderServer(error: unknown): ServerState {
  if (error instanceof ApiError && error.kind === 'not-found') return UNKNOWN_STATE;
  throw error;
}

/** The server does not hold any more what it held when the question was put. */
const changedSince = (before: Held | null, { epoch, documents, listens }: ServerState): boolean =>
  before?.epoch === epoch && canonical(countsOf(before.theirs)) !== canonical({ documents, listens });

/** What it holds by now is compared in its turn. */
function unlessOfAnotherLife(error: unknown): undefined {
  if (!(error instanceof ApiError) || error.kind !== 'stale-epoch') throw error;
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof ApiError) || !['bad-request', 'not-found', 'conflict', 'stale-epoch'].includes(error.kind))
    throw error;
}
