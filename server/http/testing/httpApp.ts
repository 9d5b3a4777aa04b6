import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { type App, openApp } from '../../app.ts';
import { loadConfig } from '../../config.ts';
import { systemClock } from '../../kit/clock.ts';
import { silentLog } from '../../kit/log.ts';
import { createHttpApp, type HttpAppOptions } from '../app.ts';

/** The HTTP surface of these routes, without a token; of a lost library unless one is given. */
export const httpAppForTest = (options: Partial<HttpAppOptions> = {}): Hono =>
  createHttpApp({
    routes: [],
    library: null,
    token: undefined,
    corsOrigins: [],
    webRoot: '/nowhere',
    log: silentLog,
    gauges: () => Promise.resolve([]),
    ...options,
  });

/** A whole server with an empty library in a folder of its own, which `close` removes. */
export interface ServedApp {
  app: App;
  folder: string;
  /** Its HTTP surface, with other options where they are given. */
  http(options?: Partial<HttpAppOptions>): Hono;
  close(): Promise<void>;
}

/** Opens a server for a test. @param name of the folder, for whoever finds one left behind. */
export async function servedAppForTest(name: string): Promise<ServedApp> {
  const folder = mkdtempSync(join(tmpdir(), `aime-${name}-`));
  const app = await openApp({
    config: loadConfig({ AIME_DATA_DIR: join(folder, 'data'), AIME_CONFIG_DIR: join(folder, 'config') }),
    log: silentLog,
    clock: systemClock,
  });
  const { routes, library, gauges } = app;
  return {
    app,
    folder,
    http: (options) => httpAppForTest({ routes, library, gauges, webRoot: folder, ...options }),
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
