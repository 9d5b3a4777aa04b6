import type { Problem } from '#shared/errors/errors.ts';
import type { DocumentsRequest, RebuildRequest, RecoveryStatus, TakenAnswer } from '#shared/api/recovery.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import { HttpError } from '../kit/http/httpError.ts';
import type { RecoveryActions } from '../http/recoveryActions.ts';
import { problemOf } from '../kit/problemOf.ts';
import {
  openLibrary,
  moveAside,
  type Inspection,
  untilDatabasesClosed,
  backupPath,
  restoreInProcess,
} from '../library/index.ts';
import { recoverableBackups } from './backups.ts';
import { lossOf, meantForAnother } from './loss.ts';
import { databaseParts, markerParts, Rebuilding, type RebuildingDependencies } from './rebuilding.ts';

export interface RecoveryDependencies extends RebuildingDependencies {
  configDir: string;
  /** Looks at the place again, and serves what is there. @returns whether something else now answers in this one's place. */
  again: () => Promise<boolean>;
}

/** Why an attempt came to nothing: as a message, and as a code that pages translate. */
export interface Failure {
  message: string;
  problem?: Problem | undefined;
}

/** The state in which the library is lost: what can be done about it, one thing at a time. */
export class Recovery implements RecoveryActions {
  readonly #dependencies: RecoveryDependencies;
  readonly #lost: Extract<Inspection, { state: 'recovery' }>;
  readonly #loss: string;
  #rebuilding: Rebuilding | null;
  #working: RecoveryStatus['working'] = null;
  #failure: Failure | null = null;
  #done: Promise<void> = Promise.resolve();

  constructor(
    dependencies: RecoveryDependencies,
    lost: Extract<Inspection, { state: 'recovery' }>,
    failure: Failure | null,
  ) {
    this.#dependencies = dependencies;
    this.#lost = lost;
    this.#failure = failure;
    const { marker } = lost.former;
    this.#rebuilding = Rebuilding.resume(dependencies, marker);
    this.#loss = this.#rebuilding?.loss ?? lossOf(marker);
  }

  get reason(): Inspection & { state: 'recovery' } {
    return this.#lost;
  }

  async status(): Promise<RecoveryStatus> {
    const { reason, message, former } = this.#lost;
    const { folder } = this.#dependencies;
    return {
      state: this.#rebuilding === null ? 'recovery' : 'rebuilding',
      loss: this.#loss,
      reason,
      message,
      file: folder.library,
      formerLife: former.marker && {
        libraryId: former.marker.libraryId,
        epoch: former.marker.epoch,
        lastSeq: former.marker.lastSeq,
        writtenAt: former.marker.writtenAt,
        ...former.marker.counts,
      },
      backups: await recoverableBackups(folder),
      rebuilding: this.#rebuilding?.status ?? null,
      working: this.#working,
      failure: this.#failure?.message ?? null,
      ...(this.#failure?.problem && { problem: this.#failure.problem }),
    };
  }

  async restore(name: string, abandoning?: string): Promise<void> {
    const { folder, configDir, clock, log } = this.#dependencies;
    this.#decide('restore', abandoning);
    let known = false;
    try {
      known = (await recoverableBackups(folder)).some((backup) => backup.name === name);
    } finally {
      if (!known) this.#working = null;
    }
    if (!known) throw new HttpError({ code: 'unknown-backup', params: { name } });
    this.#work('restore', async () => {
      await this.#setRebuildingAside();
      const aside = moveAside(databaseParts(folder.library), this.#lost.reason, clock.now());
      if (aside.length > 0) log.warn('recovery.set-aside', { aside });
      log.info('recovery.restored', {
        said: await folder.lend(() =>
          restoreInProcess([backupPath(folder.path, name)], { dataDir: folder.path, configDir }),
        ),
      });
    });
  }

  beginAnew(abandoning?: string): void {
    const { folder, clock, log, timeZone } = this.#dependencies;
    this.#decide('begin-anew', abandoning);
    this.#work('begin-anew', async () => {
      await this.#setRebuildingAside();
      const aside = moveAside(
        [...databaseParts(folder.library), ...markerParts(folder.library)],
        this.#lost.reason,
        clock.now(),
      );
      log.warn('recovery.begun-anew', { aside });
      const given = this.#lost.former.marker?.highestIds ?? {};
      openLibrary({
        file: folder.library,
        backupsDir: folder.backups,
        timeZone,
        clock,
        log,
        begin: { cause: 'new', libraryId: null, from: null, given, former: [] },
      }).close();
      await untilDatabasesClosed(folder.library);
    });
  }

  rebuild(request: RebuildRequest): void {
    this.#mayBegin();
    if (request.loss !== undefined && request.loss !== this.#loss) throw meantForAnother('loss');
    if (this.#rebuilding === null) {
      this.#failure = null;
      this.#rebuilding = Rebuilding.begin(this.#dependencies, request, {
        marker: this.#lost.former.marker,
        loss: this.#loss,
      });
      return;
    }
    if (request.libraryId !== null && request.libraryId !== this.#rebuilding.libraryId) {
      throw new HttpError({ code: 'other-library' }, { field: 'libraryId' });
    }
    this.#rebuilding.takenOverBy(request);
  }

  take(
    collection: CollectionName,
    documents: readonly unknown[],
    { epoch, into }: Pick<DocumentsRequest, 'epoch' | 'into'>,
  ): Promise<TakenAnswer> {
    // Only for a moment: the library that comes of it takes what is given for this loss.
    if (this.#working === 'finish')
      throw new HttpError(
        { code: 'busy' },
        { message: 'What was given becomes the library just now: try again', retryAfterSeconds: 1 },
      );
    this.#mayBegin();
    if (into !== undefined && into !== this.#loss) throw meantForAnother('into');
    if (this.#rebuilding === null) throw new HttpError({ code: 'rebuild-not-begun' });
    return this.#rebuilding.take(collection, documents, epoch);
  }

  finish(loss?: string): void {
    // Said again because the answer was lost: it is being done.
    if (this.#working === 'finish' && loss === this.#loss) return;
    this.#mayBegin();
    if (loss !== undefined && loss !== this.#loss) throw meantForAnother('loss');
    const rebuilding = this.#rebuilding;
    if (rebuilding === null) throw new HttpError({ code: 'nothing-rebuilt' });
    this.#working = 'finish';
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
    if (this.#working !== null) throw new HttpError({ code: 'recovery-under-way' });
  }

  /**
   * One decision at a time: it is taken before anything is waited for. What a device gives is given up only by one who knows of it.
   * @param abandoning the device that fills the library, as the person sees it.
   */
  #decide(what: NonNullable<RecoveryStatus['working']>, abandoning: string | undefined): void {
    this.#mayBegin();
    if (this.#rebuilding !== null && this.#rebuilding.status.deviceId !== abandoning) {
      throw new HttpError({ code: 'rebuild-under-way' }, { field: 'abandon' });
    }
    this.#working = what;
  }

  #work(what: NonNullable<RecoveryStatus['working']>, work: () => Promise<void>): void {
    this.#failure = null;
    this.#done = work().catch((error: unknown) => {
      this.#failure = { message: (error as Error).message, problem: problemOf(error) };
      this.#dependencies.log.error('recovery.failed', { what, error });
    });
    // Until something else answers here, and for requests that were on their way for ever after, nothing more is begun.
    void this.#done
      .then(() => this.#dependencies.again())
      .then((replaced) => {
        if (!replaced) this.#working = null;
      });
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  async #setRebuildingAside(): Promise<void> {
    await this.#rebuilding?.close();
    this.#rebuilding = null;
    Rebuilding.setAside(this.#dependencies);
  }
}
