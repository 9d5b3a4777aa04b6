import { existsSync, renameSync, rmSync } from 'node:fs';
import type { RebuildRequest, TakenAnswer } from '#shared/api/recovery.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import type { Library } from '../library/api/library.ts';
import {
  type DataFolder,
  openLibrary,
  moveAside,
  untilDatabasesClosed,
  plausibleIds,
  higher,
  type Marker,
  markerPath,
  readMarker,
  writeMarker,
} from '../library/index.ts';
import { lossOf } from './loss.ts';

export interface RebuildingDependencies {
  folder: DataFolder;
  clock: Clock;
  log: Log;
  timeZone: string;
}

/** What is remembered in the new file itself, so that a server that was killed goes on with it. */
interface Progress {
  /** See {@link lossOf}. */
  loss: string;
  deviceId: string;
  epoch: string;
  taken: Record<string, number>;
}

const STATE = 'rebuilding';
const fileOf = (folder: DataFolder) => `${folder.library}.rebuilding`;
export const databaseParts = (file: string): string[] => ['', '-wal', '-shm', '-journal'].map((part) => file + part);
export const markerParts = (file: string): string[] => [markerPath(file), `${markerPath(file)}.former`];

/** A library that is being built from what devices hold, in a file beside the place where it will be. */
export class Rebuilding {
  readonly #dependencies: RebuildingDependencies;
  readonly #library: Library;
  #progress: Progress;
  #taking: Promise<unknown> = Promise.resolve();

  private constructor(dependencies: RebuildingDependencies, library: Library, progress: Progress) {
    this.#dependencies = dependencies;
    this.#library = library;
    this.#progress = progress;
  }

  /** Begins with an empty file. @param lost what the marker says of the library that was lost, and the name of that loss. */
  static begin(
    dependencies: RebuildingDependencies,
    { libraryId, deviceId, epoch, highest }: RebuildRequest,
    { marker, loss }: { marker: Marker | null; loss: string },
  ): Rebuilding {
    const file = fileOf(dependencies.folder);
    const same = marker !== null && (libraryId === null || libraryId === marker.libraryId);
    const held = plausibleIds(highest, {}, Infinity);
    const library = opened(dependencies, {
      cause: 'rebuild',
      libraryId: libraryId ?? marker?.libraryId ?? null,
      from: { epoch, common: held },
      given: higher(marker?.highestIds ?? {}, held),
      former: same ? marker.lives : [],
    });
    const progress: Progress = { loss, deviceId, epoch, taken: {} };
    library.states.set(STATE, progress);
    dependencies.log.info('recovery.rebuilding', { file, deviceId, libraryId: library.life.libraryId });
    return new Rebuilding(dependencies, library, progress);
  }

  /**
   * Goes on with one that was cut off. @returns null when there is none; one that cannot be read, or was for another loss, is set aside.
   * @param marker of the library that is lost.
   */
  static resume(dependencies: RebuildingDependencies, marker: Marker | null): Rebuilding | null {
    const file = fileOf(dependencies.folder);
    if (!existsSync(file)) return null;
    let library: Library | null = null;
    try {
      library = opened(dependencies);
      const progress = library.states.get<Progress>(STATE);
      if (progress && isFor(marker, progress, library)) return new Rebuilding(dependencies, library, progress);
      library.close();
    } catch (error) {
      library?.close();
      dependencies.log.warn('recovery.not-resumed', { file, error });
    }
    Rebuilding.setAside(dependencies);
    return null;
  }

  /** Moves what was left of one out of the way. */
  static setAside({ folder, clock, log }: Pick<RebuildingDependencies, 'folder' | 'clock' | 'log'>): void {
    const aside = moveAside([...databaseParts(fileOf(folder)), ...markerParts(fileOf(folder))], 'left', clock.now());
    if (aside.length > 0) log.warn('recovery.set-aside', { aside });
  }

  get status(): { deviceId: string; taken: Record<string, number> } {
    const { deviceId, taken } = this.#progress;
    return { deviceId, taken };
  }

  get loss(): string {
    return this.#progress.loss;
  }

  get libraryId(): string {
    return this.#library.life.libraryId;
  }

  /** Another device goes on with it. */
  takenOverBy({ deviceId, epoch, highest }: RebuildRequest): void {
    this.#library.life.seen({ libraryId: this.libraryId, epoch, seq: 0, highest }, Infinity);
    this.#keep({ ...this.#progress, deviceId, epoch });
  }

  /** Ends before anything else is done with the file. */
  take(collection: CollectionName, documents: readonly unknown[], epoch?: string): Promise<TakenAnswer> {
    const taken = this.#take(collection, documents, epoch);
    this.#taking = Promise.allSettled([this.#taking, taken]);
    return taken;
  }

  async #take(
    collection: CollectionName,
    documents: readonly unknown[],
    epoch = this.#progress.epoch,
  ): Promise<TakenAnswer> {
    const answer = await this.#library.rebuild.take(collection, documents, { life: epoch });
    const before = this.#progress.taken[collection] ?? 0;
    this.#keep({ ...this.#progress, taken: { ...this.#progress.taken, [collection]: before + answer.taken } });
    return answer;
  }

  /**
   * Puts it in the library's place; what is there is moved aside. Cut off anywhere, the next start finds the library, or this file and
   * goes on with it.
   */
  async finish(): Promise<void> {
    const { folder, clock, log } = this.#dependencies;
    const file = fileOf(folder);
    const waiting = await this.#library.rebuild.settle();
    if (waiting.length > 0) log.warn('recovery.waiting', { documents: waiting.length, first: waiting[0] });
    await this.close();
    const marker = readMarker(markerPath(file));
    const aside = moveAside(databaseParts(folder.library), 'replaced', clock.now());
    if (aside.length > 0) log.warn('recovery.set-aside', { aside });
    for (const part of ['-wal', '-shm']) rmSync(file + part, { force: true });
    if (marker !== null) writeMarker(markerPath(folder.library), marker);
    renameSync(file, folder.library);
    for (const path of markerParts(file)) rmSync(path, { force: true });
  }

  async close(): Promise<void> {
    await this.#taking;
    this.#library.close();
    await untilDatabasesClosed(fileOf(this.#dependencies.folder));
  }

  #keep(progress: Progress): void {
    this.#progress = progress;
    this.#library.states.set(STATE, progress);
  }
}

/** Where it was cut off while it took the library's place, the marker there is its own already. */
function isFor(marker: Marker | null, { loss }: Partial<Progress>, library: Library): boolean {
  return loss !== undefined && (marker === null || loss === lossOf(marker) || marker.epoch === library.life.epoch);
}

/** The loss that a library was built anew for; null when that is not what it has its life from. */
export function lossMadeGood(library: Library): string | null {
  return library.life.cause === 'rebuild' ? (library.states.get<Partial<Progress>>(STATE)?.loss ?? null) : null;
}

function opened(
  { folder, clock, log, timeZone }: RebuildingDependencies,
  begin?: Parameters<typeof openLibrary>[0]['begin'],
): Library {
  return openLibrary({
    file: fileOf(folder),
    backupsDir: folder.backups,
    timeZone,
    clock,
    log,
    ...(begin && { begin }),
  });
}
