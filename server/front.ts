/** The server's front: what answers behind the open port, and when one thing takes another's place. */

import type { Hono } from 'hono';
import type { RecoveryReason } from '#shared/api/recovery.ts';
import type { Config } from './config.ts';
import { type App, openApp } from './app.ts';
import { type HttpAppOptions, createHttpApp } from './http/app.ts';
import { BackgroundLoop } from './kit/background/loop.ts';
import type { Clock } from './kit/clock.ts';
import type { Log } from './kit/log.ts';
import {
  type DataFolder,
  LOOK_MS,
  unavailability,
  LibraryFileError,
  needsMigration,
  migrateInProcess,
  inspect,
  type Inspection,
  restorePlan,
} from './library/index.ts';
import { leaveExchanged } from './exchanged.ts';
import { keepsLock, staysAway, takenError } from './folderLock.ts';
import { OpeningLater } from './openingLater.ts';
import { asUnavailable, DatabaseUnavailable, isDamage, isDatabaseUnavailable } from './library/api/unavailable.ts';
import { openingApp, recoveryApp, waitingApp } from './recovery/app.ts';
import { between, BETWEEN } from './recovery/between.ts';
import { Rebuilding } from './recovery/rebuilding.ts';
import { Recovery } from './recovery/recovery.ts';
import { restoreFailedMessage } from './recovery/terminalMessages.ts';

export interface FrontDependencies {
  config: Config;
  log: Log;
  clock: Clock;
  folder: DataFolder;
  webRoot: string;
  /** Brings the library's file to the newest schema; {@link migrateInProcess} unless a test watches what is answered meanwhile. */
  migrate?: typeof migrateInProcess;
  /** Nothing can be served any more. */
  giveUp: (error: Error) => void;
}

/** How long at the end a file is waited for that may only be between two names, in milliseconds. */
const GONE_MS = 500;

type Behind = { app: App; recovery: null; http: Hono } | { app: null; recovery: Recovery };

/** What answers behind the open port: the app, or what can be done while its library is lost. One takes the other's place by itself. */
export class Front {
  readonly #dependencies: FrontDependencies;
  readonly #options: Omit<HttpAppOptions, 'routes' | 'library' | 'gauges'> & { libraryFile: string };
  readonly #between: Hono;
  #http: Hono;
  #behind: Behind | null = null;
  #started = false;
  readonly #watch: BackgroundLoop;
  #leaving: Promise<void> | null = null;
  readonly #later: OpeningLater;
  #gone = 0;
  /** The library was left because its folder or disk is away. */
  #isAway = false;
  readonly #closing = new AbortController();

  constructor(dependencies: FrontDependencies) {
    const { config, log, webRoot } = dependencies;
    this.#dependencies = dependencies;
    this.#options = {
      token: config.get('token'),
      corsOrigins: config.get('corsOrigins'),
      webRoot,
      log,
      libraryFile: dependencies.folder.library,
    };
    this.#http = openingApp('starting', this.#options);
    this.#between = recoveryApp(between(dependencies.folder.library), BETWEEN, this.#options);
    this.#watch = new BackgroundLoop({
      name: 'the library’s place',
      clock: dependencies.clock,
      log,
      firstPauseMs: LOOK_MS,
      round: () => {
        this.#look(true);
        return LOOK_MS;
      },
    });
    this.#later = new OpeningLater({
      ...dependencies,
      open: () => this.#openNow(),
      isAway: () => this.#isAway,
      staysAway: () => staysAway(dependencies.folder),
      onWaiting: (why) => {
        this.#behind = null;
        this.#http = waitingApp(why, this.#options);
      },
      signal: this.#closing.signal,
    });
  }

  readonly fetch: Hono['fetch'] = (request, ...more) => {
    if (request.url.includes('/api/')) this.#look(false);
    return this.#http.fetch(request, ...more);
  };

  /** Null while the library is served. */
  get recovery(): Recovery | null {
    return this.#behind?.recovery ?? null;
  }

  /** What a library that cannot be opened at the moment waits for, in words, and whether it was opened in the end; null while nothing waits. */
  get waiting(): OpeningLater['waiting'] {
    return this.#later.waiting;
  }

  /**
   * Looks at the library's place, and opens what belongs behind the port; until then it is answered that the server is starting. Returns
   * while another program or the disk does not allow it to be opened: that is answered then. @throws when the library is sound and cannot be opened ever.
   */
  async open(): Promise<void> {
    try {
      await this.#openNow();
    } catch (error) {
      // Opening writes files of its own too: a disk without room says so in its own words there.
      const why = asUnavailable(error);
      if (!isDatabaseUnavailable(why)) throw error;
      this.#later.begin(why);
    }
  }

  async #openNow(): Promise<void> {
    const { config, log, clock, folder } = this.#dependencies;
    if (this.#isAway && staysAway(folder))
      throw new DatabaseUnavailable('disk-failing', new Error('its folder or its disk is away'));
    if (this.#isAway && !this.#keepsFolder()) return;
    this.#isAway = false;
    const failed = restorePlan(folder.path, config.directory).failure();
    const failure =
      this.#behind?.recovery?.failure ??
      (failed && { message: restoreFailedMessage(failed.name, failed.reason), problem: failed.problem });
    const inspection = await inspect(folder.library, { clock, log });
    const held = inspection.state === 'library' ? unavailability(folder.library) : null;
    if (held !== null) throw held;
    if (inspection.state === 'library' && needsMigration(folder.library)) await this.#migrate();
    const lost = inspection.state === 'recovery' ? inspection : await this.#openApp(inspection);
    if (lost === null) {
      if (this.#started) this.#behind!.app!.start();
      return;
    }
    log.error('library.lost', { reason: lost.reason, message: lost.message });
    const recovery = new Recovery(
      { folder, clock, log, timeZone: config.get('timezone'), configDir: config.directory, again: () => this.#again() },
      lost,
      failure,
    );
    this.#http = recoveryApp(recovery, lost, this.#options);
    this.#behind = { app: null, recovery };
  }

  /** What is done about a lost library goes on answering while a backup of an earlier AIME's is brought to what this one reads. */
  async #migrate(): Promise<void> {
    const { folder, log, migrate = migrateInProcess } = this.#dependencies;
    if (this.#behind === null) this.#http = openingApp('migrating', this.#options);
    await migrate({ file: folder.library, backupsDir: folder.backups }, log, this.#closing.signal);
  }

  /** Begins the work of the app, now or as soon as its library is open. */
  start(): void {
    this.#started = true;
    this.#watch.start();
    this.#behind?.app?.start();
  }

  /** Ends what would be answered for ever. */
  endStreams(): void {
    this.#behind?.app?.endStreams();
  }

  async close(): Promise<void> {
    await this.#watch.stop();
    // Closing takes the log into the file, and forgets one that was removed: it is looked a last time whose that would be.
    this.#look(true);
    if (this.#gone > 0) {
      await this.#dependencies.clock.sleep(GONE_MS);
      this.#look(true);
    }
    this.#closing.abort(new Error('The server is stopping'));
    await this.#leaving;
    await this.#later.ended();
    await this.#behind?.recovery?.close();
    await this.#behind?.app?.close();
  }

  /** @returns why it cannot be opened, where the library's file says so only when it is. */
  async #openApp(inspection: Inspection): Promise<Extract<Inspection, { state: 'recovery' }> | null> {
    const { config, log, clock } = this.#dependencies;
    try {
      const app = await openApp({ config, log, clock, unreadableTexts: inspection.unreadableTexts });
      this.#http = createHttpApp({
        ...this.#options,
        routes: app.routes,
        library: app.library,
        gauges: app.gauges,
        changed: app.changed,
      });
      this.#behind = { app, recovery: null, http: this.#http };
      // A library is served: the loss that a device was giving its own for is over.
      Rebuilding.setAside(this.#dependencies);
      return null;
    } catch (error) {
      config.detach();
      const reason = reasonOf(error);
      if (reason === null) throw error;
      return {
        state: 'recovery',
        reason,
        message: (error as Error).message,
        former: inspection.former,
        unreadableTexts: false,
      };
    }
  }

  /**
   * Looks whether the library's file is still the one that is open; nothing more is answered from it when it is not.
   * @param again at a beat: one who exchanges a file may have taken it away only just now, so an empty place is looked at twice.
   */
  #look(again: boolean): void {
    if (this.#isClosed || (again && !this.#keepsFolder())) return;
    const behind = this.#behind;
    if (!behind?.app || this.#leaving !== null) return;
    const found = behind.app.library.life.place();
    if (found === 'taken') return this.#yield(0);
    if (found === 'itself') {
      this.#gone = 0;
      this.#http = behind.http;
      return;
    }
    this.#http = this.#between;
    // What is done about it is done to the folder: never under somebody else's hands.
    if (!again && !this.#keepsFolder()) return;
    if ((found === 'nothing' || found === 'away') && again) this.#gone += 1;
    if (found === 'another' || this.#gone > 1) this.#leaving = this.#leave(behind.app);
  }

  /** @returns false when another process has the folder. */
  #keepsFolder(): boolean {
    const { folder, log } = this.#dependencies;
    return keepsLock(folder, log, (owner) => this.#yield(owner));
  }

  /** Ends at once: what another process serves is not touched any more. */
  #yield(owner: number): void {
    const { folder, giveUp } = this.#dependencies;
    const error = takenError(folder, owner);
    this.#closing.abort(error);
    this.#http = this.#between;
    giveUp(error);
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #leave(app: App): Promise<void> {
    try {
      const found = await leaveExchanged(app, this.#dependencies);
      if (found === 'itself') return;
      this.#isAway = found === 'away';
      // What was put back into a folder that was removed is not opened without its lock.
      if (!this.#keepsFolder()) return;
      this.#behind = null;
      this.#dependencies.config.detach();
      await this.open();
    } catch (error) {
      this.#dependencies.giveUp(error as Error);
    } finally {
      this.#gone = 0;
      this.#leaving = null;
    }
  }

  /** What was done about a lost library has come to its end. */
  async #again(): Promise<boolean> {
    if (this.#isClosed) return true;
    try {
      await this.open();
      return true;
    } catch (error) {
      this.#dependencies.log.error('library.not-opened', { error });
      return false;
    }
  }
}

function reasonOf(error: unknown): RecoveryReason | null {
  if (error instanceof LibraryFileError) return error.reason;
  const { code, message } = error as { code?: unknown; message: string };
  const isWithoutParts = code === 'SQLITE_ERROR' && /no such (?:table|column)/.test(message);
  return isDamage(error) || isWithoutParts ? 'damaged' : null;
}
