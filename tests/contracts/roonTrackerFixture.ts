import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import { Config } from '#server/config.ts';
import { openApp, type App } from '#server/app.ts';
import { createHttpApp } from '#server/http/app.ts';
import type { Clock } from '#server/kit/clock.ts';
import { silentLog } from '#server/kit/log.ts';
import type { ListenItem } from '#server/library/api/reads.ts';
import type { RoonStatus } from '#shared/api/roon.ts';
import { FastClock } from '#tests/kit/fastClock.ts';
import { SimulatedCore, type SimulatedCoreOptions } from '#tests/simulators/roon/index.ts';

/** What is not simulated answers nothing, at once. */
const NOWHERE = 'http://127.0.0.1:9';

/** The whole server on a folder of its own, asked through its HTTP surface. */
export class ServedApp {
  readonly dataDir: string;
  readonly #clock: Clock;
  readonly #deviceId = randomUUID();
  readonly #openedAt: number;
  #pushed = 0;
  #environment: Record<string, string>;
  #app!: App;
  #request!: (path: string, init?: RequestInit) => Response | Promise<Response>;

  private constructor(dataDir: string, environment: Record<string, string>, clock: Clock) {
    this.dataDir = dataDir;
    this.#environment = environment;
    this.#clock = clock;
    this.#openedAt = clock.now();
  }

  static async open(environment: Record<string, string>, clock: Clock): Promise<ServedApp> {
    const served = new ServedApp(mkdtempSync(join(tmpdir(), 'aime-server-')), environment, clock);
    await served.#start();
    return served;
  }

  get library(): App['library'] {
    return this.#app.library;
  }

  async #start(): Promise<void> {
    const own = {
      AIME_DATA_DIR: this.dataDir,
      AIME_TIMEZONE: 'Europe/Zurich',
      MUSICBRAINZ_URL: NOWHERE,
      COVERART_URL: NOWHERE,
    };
    const config = new Config({ ...own, ...this.#environment }, join(this.dataDir, 'config'));
    this.#app = await openApp({ config, log: silentLog, clock: this.#clock });
    const { routes, library, gauges } = this.#app;
    const app = createHttpApp({
      routes,
      library,
      token: undefined,
      corsOrigins: [],
      webRoot: this.dataDir,
      log: silentLog,
      gauges,
    });
    this.#request = app.request.bind(app);
    this.#app.start();
  }

  /** Ends it and starts it again on the same data. */
  async restart(environment: Record<string, string> = {}): Promise<void> {
    await this.#app.close();
    this.#environment = { ...this.#environment, ...environment };
    await this.#start();
  }

  async ask<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: T }> {
    const answer = await this.#request(`/api/v1${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, json: (await answer.json()) as T };
  }

  /** Pushes a mutation as the one device that this server knows. @returns its result. */
  async push(mutation: Mutation): Promise<MutationDocument['verdict']> {
    this.#pushed += 1;
    const document: MutationDocument = {
      id: randomUUID(),
      deviceId: this.#deviceId,
      number: this.#pushed,
      madeAt: this.#openedAt + this.#pushed,
      intent: mutation,
    };
    const { status, json } = await this.ask('POST', '/sync/intents/push', [
      { newDocumentState: { ...document, _deleted: false } },
    ]);
    expect({ status, json }).toMatchObject({ status: 200, json: [] });
    return this.library.mutations.get(document.id)?.verdict;
  }

  async stream(): Promise<ReadableStreamDefaultReader<Uint8Array>> {
    return (await this.#request('/api/v1/sync/stream')).body!.getReader();
  }

  async picture(id: number): Promise<Response> {
    return this.#request(`/api/v1/images/${id}`);
  }

  async roon(): Promise<RoonStatus> {
    return (await this.ask<RoonStatus>('GET', '/services/roon/status')).json;
  }

  /** The journal, newest first. */
  async listens(): Promise<ListenItem[]> {
    return (await this.ask<{ items: ListenItem[] }>('GET', '/history/tracks?pageSize=200')).json.items;
  }

  async reaches(state: RoonStatus['state']): Promise<void> {
    await eventually(async () => (await this.roon()).state === state);
  }

  async close(): Promise<void> {
    await this.#app.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Resolves when it holds; the suite's own time-out ends a wait for something that never comes. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A simulated Core and the server that follows it. */
export interface RoonTrackerFixture {
  core: SimulatedCore;
  served: ServedApp;
  close(): Promise<void>;
}

export interface RoonTrackerFixtureOptions extends SimulatedCoreOptions {
  environment?: Record<string, string>;
  /** The server's. Default: one that runs a hundred times as fast. */
  clock?: Clock;
}

export async function openRoonTrackerFixture({
  environment,
  clock = new FastClock(Date.parse('2026-03-02T18:00:00Z'), 100),
  ...options
}: RoonTrackerFixtureOptions = {}): Promise<RoonTrackerFixture> {
  const core = await SimulatedCore.start({ approved: true, ...options });
  const served = await ServedApp.open({ ROON_HOST: core.host, ROON_PORT: String(core.port), ...environment }, clock);
  return {
    core,
    served,
    async close() {
      await served.close();
      await core.close();
    },
  };
}
