import type { HealthParts, PartState, Readiness } from '#shared/api/health.ts';
import type { Hub } from '../events/hub.ts';
import type { Log } from '../kit/log.ts';
import type { Library } from '../library/api/library.ts';
import { diskHealth } from './disk.ts';
import { servicesHealth } from './services.ts';

interface ServerHealthDependencies {
  library: Pick<Library, 'file' | 'probe' | 'feed' | 'household'>;
  hub: Pick<Hub, 'connections'>;
  /** What the modules say of themselves. */
  parts: () => readonly (HealthParts | Promise<HealthParts>)[];
  log: Log;
}

/** How the server is, part by part, found out when a health check asks. */
export class ServerHealth {
  readonly #dependencies: ServerHealthDependencies;

  constructor(dependencies: ServerHealthDependencies) {
    this.#dependencies = dependencies;
  }

  /** Every part. What takes time to find out is as it was some seconds ago at most. */
  async parts(): Promise<HealthParts> {
    const { library, hub, parts } = this.#dependencies;
    const { database, disk } = await this.#essential();
    const feed = feedHealth(library, hub);
    try {
      const others = await Promise.all(parts().map((part) => Promise.resolve(part)));
      return Object.assign({ database, disk }, ...others, {
        services: servicesHealth(library.household.get().services),
        feed,
      }) as HealthParts;
    } catch (error) {
      // What is asked of a library that is failing may fail with it, and is then not known.
      if (database.state !== 'failing') throw error;
      return { database, disk, feed };
    }
  }

  /** Of the parts what can be found out: the database and its disk always can. */
  async known(): Promise<HealthParts> {
    try {
      return await this.parts();
    } catch (error) {
      this.#dependencies.log.warn('health.not-known', { error });
      return this.#essential();
    }
  }

  /** Whether requests can be answered and written: looks at nothing else. */
  async ready(): Promise<Readiness> {
    return readinessOf(await this.#essential());
  }

  async #essential() {
    const [database, disk] = await Promise.all([this.#database(), diskHealth(this.#dependencies.library.file)]);
    return { database, disk };
  }

  async #database(): Promise<NonNullable<HealthParts['database']>> {
    const { code, at, tookMs } = await this.#dependencies.library.probe.look();
    return { state: code === 'writable' ? 'ok' : 'failing', code, checkedAt: at, tookMilliseconds: tookMs };
  }
}

/** Not ready is a library that cannot be written to, or whose disk has no room. Everything else goes on without being well. */
export function readinessOf({ database, disk }: HealthParts): Readiness {
  if (database?.state === 'failing') return { ready: false, code: database.code };
  if (disk?.state === 'failing') return { ready: false, code: 'disk-full' };
  return { ready: true, code: null };
}

/** The parts' states as `checks` names them: what warns is not said to be well. */
export function checksOf(parts: HealthParts): Record<string, PartState> {
  return Object.fromEntries(
    Object.entries(parts).map(([name, { state }]: [string, { state: PartState }]) => [
      name === 'database' ? 'library' : name,
      state,
    ]),
  );
}

/** What is said to whoever has no token: each part's state and code, and nothing of what the library holds. */
export function publicParts(parts: HealthParts): HealthParts {
  return Object.fromEntries(Object.entries(parts).map(([name, { state, code }]) => [name, { state, code }]));
}

function feedHealth(
  { feed }: Pick<Library, 'feed'>,
  { connections }: Pick<Hub, 'connections'>,
): NonNullable<HealthParts['feed']> {
  try {
    return { state: 'ok', code: 'live', seq: feed.lastSeq(), connected: connections };
  } catch {
    return { state: 'failing', code: 'unreadable', connected: connections };
  }
}
