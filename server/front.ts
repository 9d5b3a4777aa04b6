import type { Hono } from 'hono';
import type { RecoveryReason } from '#shared/api/recovery.ts';
import type { Config } from './config.ts';
import { type House, openHouse } from './house.ts';
import { type AppOptions, createApp } from './http/app.ts';
import type { Clock } from './kit/clock.ts';
import type { Log } from './kit/log.ts';
import type { DataFolder } from './library/dataFolder.ts';
import { leaveExchanged } from './exchanged.ts';
import { LibraryFileError } from './library/migrate.ts';
import { inspect, type Inspection } from './library/inspect/index.ts';
import { recoveryApp } from './recovery/app.ts';
import { between, BETWEEN } from './recovery/between.ts';
import { Recovery } from './recovery/recovery.ts';

export interface FrontMeans {
  config: Config;
  log: Log;
  clock: Clock;
  folder: DataFolder;
  webRoot: string;
  /** Nothing can be served any more. */
  giveUp: (error: Error) => void;
}

/** How often it is looked whether the library's file is still there, in milliseconds. */
const LOOK_MS = 2_000;

/** How long at the end a file is waited for that may only be between two names, in milliseconds. */
const GONE_MS = 500;

type Behind = { house: House; recovery: null; app: Hono } | { house: null; recovery: Recovery };

/** What answers behind the open port: the house, or what can be done while its library is lost. One takes the other's place by itself. */
export class Front {
  readonly #means: FrontMeans;
  readonly #options: Omit<AppOptions, 'routes' | 'library' | 'gauges'>;
  readonly #between: Hono;
  #app: Hono | null = null;
  #behind: Behind | null = null;
  #started = false;
  #closed = false;
  #watch: NodeJS.Timeout | undefined;
  #leaving: Promise<void> | null = null;
  #gone = 0;

  constructor(means: FrontMeans) {
    const { config, log, webRoot } = means;
    this.#means = means;
    this.#options = { token: config.get('token'), corsOrigins: config.get('corsOrigins'), webRoot, log };
    this.#between = recoveryApp(between(means.folder.library), BETWEEN, this.#options);
  }

  readonly fetch: Hono['fetch'] = (request, ...more) => {
    if (request.url.includes('/api/')) this.#look(false);
    return this.#app!.fetch(request, ...more);
  };

  /** Null while the library is served. */
  get recovery(): Recovery | null {
    return this.#behind?.recovery ?? null;
  }

  /** Looks at the library's place, and opens what belongs behind the port. @throws when the library is sound and cannot be opened. */
  async open(): Promise<void> {
    const { config, log, clock, folder } = this.#means;
    const failure = this.#behind?.recovery?.failure ?? null;
    const inspection = await inspect(folder.library, { clock, log });
    const lost = inspection.state === 'recovery' ? inspection : await this.#openHouse(inspection);
    if (lost === null) {
      if (this.#started) this.#behind!.house!.start();
      return;
    }
    log.error('library.lost', { reason: lost.reason, message: lost.message });
    const recovery = new Recovery(
      { folder, clock, log, timeZone: config.get('timezone'), configDir: config.directory, again: () => this.#again() },
      lost,
      failure,
    );
    this.#app = recoveryApp(recovery, lost, this.#options);
    this.#behind = { house: null, recovery };
  }

  /** Begins the house's own work, now or when there is a house. */
  start(): void {
    this.#started = true;
    this.#watch = setInterval(() => this.#look(true), LOOK_MS);
    this.#watch.unref();
    this.#behind?.house?.start();
  }

  /** Ends what would be answered for ever. */
  endStreams(): void {
    this.#behind?.house?.endStreams();
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    // Closing takes the log into the file, and forgets one that was removed: it is looked a last time whose that would be.
    this.#look(true);
    if (this.#gone > 0) {
      await this.#means.clock.sleep(GONE_MS);
      this.#look(true);
    }
    this.#closed = true;
    await this.#leaving;
    await this.#behind?.recovery?.close();
    await this.#behind?.house?.close();
  }

  /** @returns why it cannot be opened, where the library's file says so only when it is. */
  async #openHouse(inspection: Inspection): Promise<Extract<Inspection, { state: 'recovery' }> | null> {
    const { config, log, clock } = this.#means;
    try {
      const house = await openHouse({ config, log, clock });
      this.#app = createApp({ ...this.#options, routes: house.routes, library: house.library, gauges: house.gauges });
      this.#behind = { house, recovery: null, app: this.#app };
      return null;
    } catch (error) {
      config.detach();
      const reason = reasonOf(error);
      if (reason === null) throw error;
      return { state: 'recovery', reason, message: (error as Error).message, former: inspection.former };
    }
  }

  /**
   * Looks whether the library's file is still the one that is open; nothing more is answered from it when it is not.
   * @param again at a beat: one who exchanges a file may have taken it away only just now, so an empty place is looked at twice.
   */
  #look(again: boolean): void {
    const behind = this.#behind;
    if (!behind?.house || this.#leaving !== null || this.#closed) return;
    const found = behind.house.library.life.place();
    if (found === 'itself') {
      this.#gone = 0;
      this.#app = behind.app;
      return;
    }
    this.#app = this.#between;
    if (found === 'nothing' && again) this.#gone += 1;
    if (found === 'another' || this.#gone > 1) this.#leaving = this.#leave(behind.house);
  }

  async #leave(house: House): Promise<void> {
    try {
      await leaveExchanged(house, this.#means);
      this.#behind = null;
      this.#means.config.detach();
      await this.open();
    } catch (error) {
      this.#means.giveUp(error as Error);
    } finally {
      this.#gone = 0;
      this.#leaving = null;
    }
  }

  /** What was done about a lost library has come to its end. */
  async #again(): Promise<void> {
    if (this.#closed) return;
    await this.open().catch((error: unknown) => {
      this.#means.log.error('library.not-opened', { error });
    });
  }
}

function reasonOf(error: unknown): RecoveryReason | null {
  if (error instanceof LibraryFileError) return error.reason;
  const { code } = error as { code?: unknown };
  return code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB' ? 'damaged' : null;
}
