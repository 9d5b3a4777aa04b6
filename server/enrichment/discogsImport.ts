import { randomUUID } from 'node:crypto';
import type { ServiceError, WithheldList } from '#shared/library/household.ts';
import type { Progress } from '#shared/sync/stream.ts';
import { retryPause, type RetryPolicy } from '#shared/timing/retryPolicy.ts';
import {
  agreed,
  ANOTHER_LOOK_SECONDS,
  removableAt,
  type Missing,
  describeWithheld,
  type Withheld,
  withheld,
} from '../kit/absence.ts';
import { ResumableRun } from '../kit/background/resumableRun.ts';
import { supervise } from '../kit/background/supervisor.ts';
import { nowSeconds, type Clock } from '../kit/clock.ts';
import { isUpstreamError, serviceErrorOf, UpstreamError } from '../kit/http/upstreamError.ts';
import type { Log } from '../kit/log.ts';
import { turn } from '../kit/turns.ts';
import type { ServiceStates } from '../library/api/settings.ts';
import type { SetAsideEntries } from '../library/api/setAside.ts';
import type { Shelf } from '../library/api/shelf.ts';
import {
  type CollectionPage,
  type DiscogsClient,
  type ListPage,
  readCopy,
  readWant,
  type WantlistPage,
} from '../upstreams/discogs/index.ts';
import { copyFacts, releaseFacts } from './discogsFacts.ts';

export interface ImportStatus {
  state: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  page: number;
  pages: number;
  /** Copies read so far, and how many Discogs counts. */
  seen: number;
  total: number | null;
  added: number;
  changed: number;
  removed: number;
  /** Copies that could not be read; with any, nothing is taken off the shelf. */
  unreadable: number;
  username: string | null;
  startedAt: number | null;
  endedAt: number | null;
  lastError: string | null;
  trouble?: ServiceError | null;
  /** What Discogs no longer lists and stays all the same. */
  withheld: WithheldList[];
}

interface ImportState extends Omit<ImportStatus, 'withheld'> {
  /** Identifies what this pass saw. A pass goes on under its name after a crash. */
  pass: string;
  /** False once a page shifted or could not be read whole: then the pass may not say what was sold. */
  whole: boolean;
  /** The account that is read, by its number, which a new name does not change. */
  userId?: number;
  /** Whose collection is on the shelf; earlier versions knew the name alone. */
  owner?: string;
  ownerId?: number;
  kept?: Partial<Record<ListName, Withheld | null>>;
}

type ListName = 'collection' | 'wants';
const LISTS: readonly ListName[] = ['collection', 'wants'];

const SERVICE = 'discogs-import';
const idle: Omit<ImportStatus, 'withheld'> = {
  state: 'idle',
  page: 0,
  pages: 0,
  seen: 0,
  total: null,
  added: 0,
  changed: 0,
  removed: 0,
  unreadable: 0,
  username: null,
  startedAt: null,
  endedAt: null,
  lastError: null,
};
const PASSING_RETRIES = 5;
const AWAY_RETRY_SECONDS: RetryPolicy = { first: 5, longest: 25, growth: 'linear' };
/** How often a page that holds less than it counts, or counts otherwise than the one before, is asked for before it is accepted. */
const LOOKS = 3;
/** So much of the shelf under a new name is the same person's, where the account's number was not known yet. */
const SAME_PERSONS_SHARE = 4 / 5;
/** What is set aside is read again with every pass. */
const READER = 1;

export interface DiscogsImportOptions {
  shelf: Shelf;
  states: ServiceStates;
  setAside: SetAsideEntries;
  clock: Clock;
  log: Log;
  client: () => DiscogsClient | null;
  onProgress: (progress: Progress) => void;
  /** Writes as soon as the library can be written to. */
  written: <T>(work: () => T, signal: AbortSignal) => Promise<T>;
  /** Albums that came or changed, to be enriched and compared with what was heard. */
  onAlbums: (albumIds: readonly number[]) => void;
}

/**
 * Brings the shelf in line with the Discogs collection. Each page is one transaction, so that a crash resumes at the page after;
 * repeating a pass changes nothing. What was sold is only known after a pass that read every page.
 */
export class DiscogsImport {
  readonly #o: DiscogsImportOptions;
  readonly #run: ResumableRun<ImportState>;
  #lookingAgain = new AbortController();

  constructor(options: DiscogsImportOptions) {
    this.#o = options;
    const { states, clock, log, onProgress } = options;
    this.#run = new ResumableRun<ImportState>({
      name: SERVICE,
      clock,
      log,
      store: states,
      initial: { ...idle, pass: '', whole: true },
      work: (signal) => this.#work(signal),
      failureOf: (error) => ({ trouble: serviceErrorOf(error) }),
      onProgress,
      onEnd: () => this.#lookAgainLater(),
    });
  }

  get #state(): ImportState {
    return this.#run.state;
  }

  status(): ImportStatus {
    const {
      pass: _pass,
      whole: _whole,
      userId: _user,
      owner: _owner,
      ownerId: _ownerId,
      kept,
      ...status
    } = this.#state;
    return { ...status, withheld: LISTS.flatMap((list) => describeWithheld(list, kept?.[list])) };
  }

  /** Takes up a run that a crash or a shutdown interrupted, or waits to look again at what was withheld. */
  resume(): void {
    if (this.#run.isGoing || !this.#o.client()) return;
    if (this.#state.state !== 'running') return this.#lookAgainLater();
    this.#lookingAgain.abort();
    this.#run.resume();
  }

  /**
   * What was withheld is read again by itself when it may go, as it is told: nobody should have to begin a second import for it. The
   * last reading lies an hour back by then, so that a list that is never whole is not read more often.
   */
  #lookAgainLater(): void {
    const due = LISTS.map((list) => removableAt(this.#state.kept?.[list])).filter((at) => at !== null);
    if (due.length === 0) return;
    const now = nowSeconds(this.#o.clock);
    const at = Math.max(...due, (this.#state.endedAt ?? now) + ANOTHER_LOOK_SECONDS);
    // However the clock was set meanwhile: not sooner than at once, nor later than in an hour.
    const seconds = Math.min(ANOTHER_LOOK_SECONDS, Math.max(0, at - now));
    this.#lookingAgain.abort();
    const { signal } = (this.#lookingAgain = new AbortController());
    const { clock, log } = this.#o;
    const look = async () => {
      await clock.sleep(seconds * 1000, signal);
      if (this.#o.client()) this.start();
    };
    void supervise('another look at the collection', look, { clock, log, signal });
  }

  /** Starts, or joins the run that is going. */
  start(): ImportStatus {
    this.#lookingAgain.abort();
    // An earlier version knew whose it is by the name of its last pass alone.
    const owner = this.#state.owner ?? this.#state.username;
    this.#run.start({ pass: randomUUID(), whole: true, ...(owner !== null && { owner }) });
    return this.status();
  }

  async cancel(): Promise<ImportStatus> {
    await this.#run.cancel();
    return this.status();
  }

  /** A person says that what was withheld may go: it does when one more reading says the same. */
  removeWithheld(): ImportStatus {
    if (this.status().withheld.length === 0) return this.status();
    const { collection, wants } = this.#state.kept ?? {};
    this.#run.save({ kept: { collection: agreed(collection), wants: agreed(wants) } });
    return this.start();
  }

  /** A person does not want to wait any longer for a service that asked for a pause. */
  tryNow(): void {
    this.#run.tryNow();
  }

  /** Puts a copy on the shelf that was set aside. @returns false when it still cannot be read. */
  takeCopy(raw: unknown): boolean {
    const copy = readCopy(raw);
    if (copy === null) return false;
    this.#o.onAlbums(this.#o.shelf.takeCopies([copyFacts(copy)], this.#state.pass).albumIds);
    return true;
  }

  /** The same for an entry of the wantlist. */
  takeWant(raw: unknown): boolean {
    const want = readWant(raw);
    if (want === null) return false;
    this.#o.onAlbums(this.#o.shelf.takeWants([releaseFacts(want.release)], this.#state.pass).albumIds);
    return true;
  }

  /** For the end of the process: a running import goes on at the next start. */
  async close(): Promise<void> {
    this.#lookingAgain.abort();
    await this.#run.close();
  }

  async #work(signal: AbortSignal): Promise<void> {
    // Lets the caller see the run at its beginning.
    await turn();
    const { shelf, written } = this.#o;
    if (this.#state.username === null) {
      const { id, username } = await this.#ask((client) => client.identity(signal), signal);
      this.#run.save({ username, userId: id });
    }
    const username = this.#state.username!;
    if (this.#state.page === 0) {
      const folders = await this.#ask((client) => client.folders(username, signal), signal);
      await written(() => shelf.nameFolders(folders.map(({ id, name }) => ({ id: String(id), name }))), signal);
      const fields = await this.#ask((client) => client.fields(username, signal), signal);
      await written(
        () => shelf.nameFields(fields.map(({ id, name, position }) => ({ id: String(id), name, position }))),
        signal,
      );
    }
    if (this.#state.page === 0 && shelf.lacksNumbers()) await this.#learnNumbers(username, signal);
    await this.#readCollection(username, signal);
    const areWantsWhole = await this.#readWants(username, signal);
    signal.throwIfAborted();
    const removed = await this.#removeMissing(areWantsWhole, signal);
    this.#o.log.info('collection imported', {
      seen: this.#state.seen,
      added: this.#state.added,
      changed: this.#state.changed,
      removed,
    });
    this.#run.finish({ removed, lastError: null, trouble: null });
  }

  /** Whose records those are that the library has, from all pages, before the first of them makes or moves anything. */
  async #learnNumbers(username: string, signal: AbortSignal): Promise<void> {
    const { shelf, written } = this.#o;
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const answer = await this.#ask((client) => client.collectionPage(username, page, signal), signal);
      pages = answer.pages;
      await written(() => shelf.knowArtists(answer.copies.map(({ release }) => releaseFacts(release))), signal);
    }
    for (let page = 1, pages = this.#isOwner ? 1 : 0; page <= pages; page += 1) {
      const answer = await this.#ask((client) => client.wantlistPage(username, page, signal), signal);
      pages = answer.pages;
      await written(() => shelf.knowArtists(answer.wants.map(({ release }) => releaseFacts(release))), signal);
    }
  }

  /** What was not listed goes from the lists that were read whole, as far as it may. @returns how many copies went. */
  async #removeMissing(areWantsWhole: boolean, signal: AbortSignal): Promise<number> {
    const { shelf, written } = this.#o;
    const { pass, whole, username } = this.#state;
    const collection = shelf.unseen(pass);
    const otherOwner = this.#otherOwner(collection);
    const may = (list: ListName, found: Missing): boolean => {
      const kept = withheld(found, this.#state.kept?.[list] ?? null, { now: nowSeconds(this.#o.clock), otherOwner });
      this.#run.save({ kept: { ...this.#state.kept, [list]: kept } });
      if (kept !== null)
        this.#o.log.warn('kept what Discogs no longer lists', {
          list,
          missing: kept.missing,
          of: kept.of,
          since: kept.since,
        });
      return kept === null;
    };
    const removed = whole && may('collection', collection) ? await written(() => shelf.removeUnseen(pass), signal) : 0;
    if (areWantsWhole && may('wants', shelf.unseenWants(pass)))
      await written(() => shelf.removeUnseenWants(pass), signal);
    // The shelf is this account's as soon as nothing of another is on it.
    if (otherOwner === undefined || (whole && areWantsWhole && !LISTS.some((list) => this.#state.kept?.[list]))) {
      this.#run.save({
        ...(username !== null && { owner: username }),
        ...(this.#state.userId !== undefined && { ownerId: this.#state.userId }),
      });
    }
    return removed;
  }

  /**
   * Whose collection is on the shelf, where it is not that of the account that was read: an account goes by its number. Where the
   * number was not known yet, one of another name that holds most of the shelf is the same person's.
   */
  #otherOwner({ keys, of }: Missing): string | undefined {
    const { owner, ownerId, userId, username, whole } = this.#state;
    if (owner === undefined) return undefined;
    if (ownerId !== undefined && userId !== undefined) return ownerId === userId ? undefined : owner;
    if (owner.toLowerCase() === username?.toLowerCase()) return undefined;
    return whole && of > 0 && of - keys.length >= of * SAME_PERSONS_SHARE ? undefined : owner;
  }

  async #readCollection(username: string, signal: AbortSignal): Promise<void> {
    const known = new Set<number>();
    do {
      const page = this.#state.page + 1;
      const keysOf = ({ copies }: CollectionPage) => copies.map(({ instanceId }) => instanceId);
      const ask = async (client: DiscogsClient) =>
        notRepeated(await client.collectionPage(username, page, signal), keysOf, known);
      const answer = await this.#askWhole(ask, this.#state.total, signal);
      for (const key of keysOf(answer)) known.add(key);
      const counts = await this.#o.written(() => {
        this.#o.setAside.keep('discogs', 'collection', answer.setAside, READER);
        return this.#o.shelf.takeCopies(
          answer.copies.map((item) => copyFacts(item, !this.#isOwner)),
          this.#state.pass,
        );
      }, signal);
      const total = this.#state.total ?? answer.items;
      this.#run.save({
        page,
        pages: answer.pages,
        total: answer.items,
        seen: this.#state.seen + answer.copies.length,
        added: this.#state.added + counts.added,
        changed: this.#state.changed + counts.changed,
        unreadable: this.#state.unreadable + answer.setAside.length,
        // Something was bought or sold while the pages were read: a copy may have slipped between two of them.
        whole: this.#state.whole && answer.setAside.length === 0 && total === answer.items,
      });
      await this.#o.written(() => this.#o.onAlbums(counts.albumIds), signal);
      this.#run.notify();
    } while (this.#state.page < this.#state.pages);
    this.#o.setAside.settle('discogs', 'collection', this.#state.startedAt ?? 0);
    const { seen, total, pass } = this.#state;
    // A copy listed twice stands for one that was not listed.
    const { keys, of } = this.#o.shelf.unseen(pass);
    if (total !== null && (seen !== total || of - keys.length < total)) this.#run.save({ whole: false });
  }

  /** By a name alone only what is public is seen. */
  get #isOwner(): boolean {
    return this.#o.client()?.authKind !== null;
  }

  /** @returns true when every entry was read; a wantlist is shown to its owner alone. */
  async #readWants(username: string, signal: AbortSignal): Promise<boolean> {
    if (!this.#isOwner) return false;
    let whole = true;
    let items: number | null = null;
    const seen = new Set<number>();
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const ask = async (client: DiscogsClient) =>
        notRepeated(
          await client.wantlistPage(username, page, signal),
          ({ wants }) => wants.map(({ release }) => release.id),
          seen,
        );
      const answer: WantlistPage = await this.#askWhole(ask, items, signal);
      pages = answer.pages;
      for (const { release } of answer.wants) seen.add(release.id);
      whole &&=
        answer.setAside.length === 0 &&
        answer.items === (items ?? answer.items) &&
        (page < pages || seen.size === answer.items);
      items = answer.items;
      const { albumIds } = await this.#o.written(() => {
        this.#o.setAside.keep('discogs', 'wants', answer.setAside, READER);
        return this.#o.shelf.takeWants(
          answer.wants.map(({ release }) => releaseFacts(release)),
          this.#state.pass,
        );
      }, signal);
      await this.#o.written(() => this.#o.onAlbums(albumIds), signal);
    }
    await this.#o.written(() => this.#o.setAside.settle('discogs', 'wants', this.#state.startedAt ?? 0), signal);
    return whole;
  }

  /** A page that is odd is asked for again, and taken as it is when that changes nothing. @param items how many the page before counted. */
  async #askWhole<T extends ListPage>(
    request: (client: DiscogsClient) => Promise<T>,
    items: number | null,
    signal: AbortSignal,
  ): Promise<T> {
    const isOdd = (answer: T): boolean => answer.leftOut > 0 || answer.items !== (items ?? answer.items);
    let answer = await this.#ask(request, signal);
    for (let looks = 1; isOdd(answer) && looks < LOOKS; looks += 1) {
      await this.#o.clock.sleep(retryPause(AWAY_RETRY_SECONDS, looks) * 1000, signal);
      answer = await this.#ask(request, signal);
    }
    signal.throwIfAborted();
    return answer;
  }

  /** A service that is away for a while does not end the run: it waits as long as it was asked to, and says so meanwhile. */
  async #ask<T>(request: (client: DiscogsClient) => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const client = this.#o.client();
      if (!client) throw new Error('Discogs is no longer connected');
      try {
        const answer = await request(client);
        if (this.#state.lastError !== null) this.#run.save({ lastError: null, trouble: null });
        return answer;
      } catch (error) {
        if (!isUpstreamError(error) || !error.passing || attempt > PASSING_RETRIES) throw error;
        this.#run.save({ lastError: error.message, trouble: serviceErrorOf(error) });
        this.#run.notify();
        await this.#run.rest(error.retryAfterSeconds ?? retryPause(AWAY_RETRY_SECONDS, attempt), signal);
      }
    }
  }
}

/**
 * A page of a list that holds something the pages before did not: a service that sends the same page for ever, and counts more pages
 * each time, would never be read to the end.
 *
 * @throws UpstreamError `malformed`, code `repeated`
 */
function notRepeated<T extends ListPage>(answer: T, keysOf: (answer: T) => number[], known: ReadonlySet<number>): T {
  const keys = keysOf(answer);
  if (keys.length === 0 || keys.some((key) => !known.has(key))) return answer;
  throw new UpstreamError({
    upstream: 'Discogs',
    kind: 'malformed',
    code: 'repeated',
    message: `Discogs listed the same entries again on page ${answer.page}`,
  });
}
