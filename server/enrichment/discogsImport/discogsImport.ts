import { randomUUID } from 'node:crypto';
import type { DiscogsImport as ImportStatus } from '#shared/api/discogs.ts';
import { agreed, ANOTHER_LOOK_SECONDS, removableAt, describeWithheld } from '../../kit/absence.ts';
import { ResumableRun } from '../../kit/background/resumableRun.ts';
import { supervise } from '../../kit/background/supervisor.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { serviceErrorOf } from '../../kit/http/upstreamError.ts';
import { turn } from '../../kit/turns.ts';
import { readCopy, readWant } from '../../upstreams/discogs/index.ts';
import { copyFacts, releaseFacts } from '../discogsFacts.ts';
import { type DiscogsImportOptions, idle, type ImportContext, type ImportState, LISTS } from './importState.ts';
import { ListReader } from './listReader.ts';
import { removeMissing } from './removal.ts';
import { ImportRequests } from './requests.ts';

const SERVICE = 'discogs-import';

/**
 * Brings the shelf in line with the Discogs collection. Each page is one transaction, so that a crash resumes at the page after;
 * repeating a pass changes nothing. What was sold is only known after a pass that read every page.
 */
export class DiscogsImport {
  readonly #c: ImportContext;
  readonly #run: ResumableRun<ImportState>;
  readonly #requests: ImportRequests;
  readonly #lists: ListReader;
  #lookingAgain = new AbortController();

  constructor(options: DiscogsImportOptions) {
    const { states, clock, log, onProgress } = options;
    this.#run = new ResumableRun<ImportState>({
      name: SERVICE,
      clock,
      log,
      store: states,
      initial: idle,
      work: (signal) => this.#work(signal),
      failureOf: (error) => ({ trouble: serviceErrorOf(error) }),
      onProgress,
      onEnd: () => this.#lookAgainLater(),
    });
    this.#c = { ...options, run: this.#run };
    this.#requests = new ImportRequests(this.#c);
    this.#lists = new ListReader(this.#c, this.#requests);
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
      kept: withheldLists,
      ...status
    } = this.#state;
    return { ...status, withheld: LISTS.flatMap((list) => describeWithheld(list, withheldLists?.[list])) };
  }

  /** Takes up a run that a crash or a shutdown interrupted, or waits to look again at what was withheld. */
  resume(): void {
    if (this.#run.isGoing || !this.#c.client()) return;
    if (this.#state.state !== 'running') return this.#lookAgainLater();
    this.#lookingAgain.abort();
    this.#run.resume();
  }

  /**
   * What was withheld is read again by itself when it may go, as announced: nobody should have to begin a second import for it. The
   * last reading lies an hour back by then, so that a list that is never whole is not read more often.
   */
  #lookAgainLater(): void {
    const due = LISTS.map((list) => removableAt(this.#state.kept?.[list])).filter((at) => at !== null);
    if (due.length === 0) return;
    const now = nowSeconds(this.#c.clock);
    const at = Math.max(...due, (this.#state.endedAt ?? now) + ANOTHER_LOOK_SECONDS);
    // However the clock was set meanwhile: not sooner than at once, nor later than in an hour.
    const seconds = Math.min(ANOTHER_LOOK_SECONDS, Math.max(0, at - now));
    this.#lookingAgain.abort();
    const { signal } = (this.#lookingAgain = new AbortController());
    const { clock, log } = this.#c;
    const look = async () => {
      await clock.sleep(seconds * 1000, signal);
      if (this.#c.client()) this.start();
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
    this.#c.onAlbums(this.#c.shelf.takeCopies([copyFacts(copy)], this.#state.pass).albumIds);
    return true;
  }

  /** The same for an entry of the wantlist. */
  takeWant(raw: unknown): boolean {
    const want = readWant(raw);
    if (want === null) return false;
    this.#c.onAlbums(this.#c.shelf.takeWants([releaseFacts(want.release)], this.#state.pass).albumIds);
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
    const { shelf, written } = this.#c;
    if (this.#state.username === null) {
      const { id, username } = await this.#requests.ask((client) => client.identity(signal), signal);
      this.#run.save({ username, userId: id });
    }
    const username = this.#state.username!;
    if (this.#state.page === 0) {
      const folders = await this.#requests.ask((client) => client.folders(username, signal), signal);
      await written(() => shelf.nameFolders(folders.map(({ id, name }) => ({ id: String(id), name }))), signal);
      const fields = await this.#requests.ask((client) => client.fields(username, signal), signal);
      await written(
        () => shelf.nameFields(fields.map(({ id, name, position }) => ({ id: String(id), name, position }))),
        signal,
      );
    }
    if (this.#state.page === 0 && shelf.lacksNumbers()) await this.#lists.learnNumbers(username, signal);
    await this.#lists.readCollection(username, signal);
    const areWantsWhole = await this.#lists.readWants(username, signal);
    signal.throwIfAborted();
    const removed = await removeMissing(this.#c, areWantsWhole, signal);
    this.#c.log.info('collection imported', {
      seen: this.#state.seen,
      added: this.#state.added,
      changed: this.#state.changed,
      removed,
    });
    this.#run.finish({ removed, lastError: null, trouble: null });
  }
}
