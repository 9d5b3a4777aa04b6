import type { RebuildRequest, RecoveryStatus, TakenAnswer } from '#shared/api/recovery.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import { HttpError, notFound } from '../http/httpError.ts';
import type { RecoveryDesk } from '../http/routes/recovery.ts';
import { openLibrary } from '../library/index.ts';
import { moveAside } from '../library/inspect/foreignLog.ts';
import type { Inspection } from '../library/inspect/index.ts';
import { letGoOfDatabases } from '../library/letGo.ts';
import { recoverableBackups, restoreInProcess } from './backups.ts';
import { databaseParts, markerParts, Rebuilding, type RebuildingMeans } from './rebuilding.ts';

export interface RecoveryMeans extends RebuildingMeans {
  configDir: string;
  /** Looks at the place again, and serves what is there. */
  again: () => Promise<void>;
}

/** The state in which the library is lost: what can be done about it, one thing at a time. */
export class Recovery implements RecoveryDesk {
  readonly #means: RecoveryMeans;
  readonly #lost: Extract<Inspection, { state: 'recovery' }>;
  #rebuilding: Rebuilding | null;
  #working: RecoveryStatus['working'] = null;
  #failure: string | null = null;
  #done: Promise<void> = Promise.resolve();

  constructor(means: RecoveryMeans, lost: Extract<Inspection, { state: 'recovery' }>, failure: string | null) {
    this.#means = means;
    this.#lost = lost;
    this.#failure = failure;
    this.#rebuilding = Rebuilding.resume(means);
  }

  get reason(): Inspection & { state: 'recovery' } {
    return this.#lost;
  }

  async status(): Promise<RecoveryStatus> {
    const { reason, message, former } = this.#lost;
    const { folder } = this.#means;
    return {
      state: this.#rebuilding === null ? 'recovery' : 'rebuilding',
      reason, message, file: folder.library,
      formerLife: former.marker && {
        libraryId: former.marker.libraryId, epoch: former.marker.epoch, lastSeq: former.marker.lastSeq, writtenAt: former.marker.writtenAt, ...former.marker.counts,
      },
      backups: await recoverableBackups(folder),
      rebuilding: this.#rebuilding?.status ?? null,
      working: this.#working,
      failure: this.#failure,
    };
  }

  async restore(name: string): Promise<void> {
    const { folder, configDir, clock, log } = this.#means;
    this.#mayBegin();
    if (!(await recoverableBackups(folder)).some((backup) => backup.name === name)) throw notFound(`backup ${name}`);
    this.#work('restore', async () => {
      await this.#setRebuildingAside();
      const aside = moveAside(databaseParts(folder.library), this.#lost.reason, clock.now());
      if (aside.length > 0) log.warn('recovery.set-aside', { aside });
      log.info('recovery.restored', { said: await folder.lend(() => restoreInProcess(folder, configDir, name)) });
    });
  }

  beginAnew(): void {
    const { folder, clock, log, timeZone } = this.#means;
    this.#mayBegin();
    this.#work('begin-anew', async () => {
      await this.#setRebuildingAside();
      const aside = moveAside([...databaseParts(folder.library), ...markerParts(folder.library)], this.#lost.reason, clock.now());
      log.warn('recovery.begun-anew', { aside });
      const given = this.#lost.former.marker?.highestIds ?? {};
      openLibrary({
        file: folder.library, backupsDir: folder.backups, timeZone, clock, log, begin: { cause: 'new', libraryId: null, from: null, given, former: [] },
      }).close();
      await letGoOfDatabases(folder.library);
    });
  }

  rebuild(request: RebuildRequest): void {
    this.#mayBegin();
    if (this.#rebuilding === null) {
      this.#failure = null;
      this.#rebuilding = Rebuilding.begin(this.#means, request, this.#lost.former.marker);
      return;
    }
    if (request.libraryId !== null && request.libraryId !== this.#rebuilding.libraryId) {
      throw new HttpError('conflict', 'Another library is being brought back already: finish it, or begin anew', 'libraryId');
    }
    this.#rebuilding.takenOverBy(request);
  }

  take(collection: CollectionName, documents: readonly unknown[], epoch?: string): Promise<TakenAnswer> {
    this.#mayBegin();
    if (this.#rebuilding === null) throw new HttpError('conflict', 'There is no library yet: begin to bring it back from this device first');
    return this.#rebuilding.take(collection, documents, epoch);
  }

  finish(): void {
    this.#mayBegin();
    const rebuilding = this.#rebuilding;
    if (rebuilding === null) throw new HttpError('conflict', 'Nothing is being brought back from a device');
    this.#work('finish', async () => {
      this.#rebuilding = null;
      await rebuilding.finish();
    });
  }

  /** Lets what is under way come to its end. */
  async close(): Promise<void> {
    await this.#done;
    await this.#rebuilding?.close();
    this.#rebuilding = null;
  }

  #mayBegin(): void {
    if (this.#working !== null) throw new HttpError('conflict', 'Something is being done about it already: wait for that to end');
  }

  #work(what: NonNullable<RecoveryStatus['working']>, work: () => Promise<void>): void {
    this.#working = what;
    this.#failure = null;
    this.#done = work()
      .catch((error: unknown) => {
        this.#failure = (error as Error).message;
        this.#means.log.error('recovery.failed', { what, error });
      })
      .finally(() => (this.#working = null));
    void this.#done.then(() => this.#means.again());
  }

  get failure(): string | null {
    return this.#failure;
  }

  async #setRebuildingAside(): Promise<void> {
    await this.#rebuilding?.close();
    this.#rebuilding = null;
    Rebuilding.setAside(this.#means);
  }
}
