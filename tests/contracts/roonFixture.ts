import { systemClock } from '#server/kit/clock.ts';
import { silentLog } from '#server/kit/log.ts';
import {
  createRoonClient,
  type RoonClient,
  type RoonClientOptions,
  type RoonStatus,
  type RoonTimings,
  type TokenStore,
  type ZonesUpdate,
} from '#server/upstreams/roon/index.ts';
import { SimulatedCore, type SimulatedCoreOptions } from '#tests/simulators/roon/index.ts';

/** Times short enough for a test and long enough for a busy machine. */
const QUICK: Partial<RoonTimings> = {
  pingMs: 200,
  openTimeoutMs: 2_000,
  requestTimeoutMs: 500,
  approvalNoticeMs: 150,
  reconnectMs: { first: 20, longest: 100, jitter: 0.25 },
  settleMs: 60,
  otherCoreAfterMs: 60_000,
};

export const LOOPBACK = [{ address: '127.0.0.1', netmask: '255.0.0.0' }];

/** Tokens in memory, to look into. */
export class MemoryTokens implements TokenStore {
  readonly stored = new Map<string, string>();
  get(coreId: string): string | null {
    return this.stored.get(coreId) ?? null;
  }
  set(coreId: string, token: string): void {
    this.stored.set(coreId, token);
  }
}

/** Resolves when the condition holds; the suite's own time-out ends a wait for something that never comes. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** A client with everything it said, in order. */
export interface Follower {
  client: RoonClient;
  updates: ZonesUpdate[];
  statuses: RoonStatus[];
  /** Waits for the state now or later. */
  reaches(state: RoonStatus['state']): Promise<void>;
  titles(): (string | undefined)[];
}

/** Cores and clients of one test; `close` ends them all. */
export class RoonFixture {
  readonly #closing: (() => Promise<void>)[] = [];

  async core(options: SimulatedCoreOptions = {}): Promise<SimulatedCore> {
    const core = await SimulatedCore.start(options);
    this.#closing.push(() => core.close());
    return core;
  }

  /** A started client that knows where the Core is. */
  follow(core: SimulatedCore, options: Partial<RoonClientOptions> = {}): Follower {
    return this.start({ settings: { host: core.host, port: core.port, pollSeconds: 120 }, ...options });
  }

  /** A started client that has to search on loopback. */
  search(core: SimulatedCore, options: Partial<RoonClientOptions> = {}): Follower {
    const discovery = { port: core.soodPort, interfaces: () => LOOPBACK, rescanMs: 50, slowRescanMs: 50, relistMs: 50 };
    return this.start({ settings: {}, discovery: { ...discovery, ...options.discovery }, ...options });
  }

  start(options: Partial<RoonClientOptions>): Follower {
    const client = createRoonClient({
      settings: {},
      clock: systemClock,
      tokens: new MemoryTokens(),
      log: silentLog,
      version: '4.0.0',
      ...options,
      timings: { ...QUICK, ...options.timings },
    });
    const updates: ZonesUpdate[] = [];
    const statuses: RoonStatus[] = [];
    client.onZones((update) => updates.push(update));
    client.onStatus((status) => statuses.push(status));
    client.start();
    this.#closing.push(() => client.stop());
    return {
      client,
      updates,
      statuses,
      reaches: (state) => until(() => client.status().state === state),
      titles: () => client.status().zones.map((zone) => zone.nowPlaying?.title),
    };
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0).reverse()) await close();
  }
}
