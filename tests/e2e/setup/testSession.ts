import { expect } from 'vitest';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type RunningServer, startServer, until } from '#tests/kit/serverProcess.ts';
import { signedInToLastfm } from '#tests/kit/serviceSettings.ts';
import type { SimulatedPlay } from '#tests/simulators/lastfm/playHistory.ts';
import { type LastfmSimulator, startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { openBrowser, openDevice } from './browser.ts';

export const now = (): number => Math.floor(Date.now() / 1000);

/** Three records and a song of none, heard yesterday and the day before. */
function someHistory(): SimulatedPlay[] {
  const album = (daysAgo: number, artist: string, title: string, tracks: readonly string[]) =>
    tracks.map((track, index): SimulatedPlay => ({
      playedAt: now() - daysAgo * 86_400 - (tracks.length - index) * 240,
      artist,
      title: track,
      album: title,
      durationSeconds: 230,
    }));
  return [
    ...album(1, 'Kombinat 7', 'Nine Small Engines', ['Nachtschicht', 'Frühschicht', 'Werkbank']),
    ...album(1.2, 'Hélio Braquet', 'Ondes courtes', ['Ondes courtes', 'Marée haute']),
    ...album(2, 'The Velvet Ledgers', 'Green Room', ['Entry One', 'Entry Two', 'Entry Three', 'Entry Four']),
    { playedAt: now() - 2.3 * 86_400, artist: 'Orchard Signal', title: 'Interlude for Nobody' },
  ];
}

/** The environment of a server that follows this simulated listener once a second. */
export const following = (lastfm: LastfmSimulator): Record<string, string> => ({
  ...signedInToLastfm(lastfm),
  LASTFM_AUTH_URL: lastfm.authUrl,
  LASTFM_USERNAME: lastfm.user,
});

/** Waits until the server's library holds what was heard. */
export const untilHeard = (server: RunningServer): Promise<unknown> =>
  until(
    'the library',
    () => server.get<{ listens: number }>('/counts'),
    ({ listens }) => listens > 0,
  );

/** Tidies up after a test, the last opened first. */
export class TestSession {
  #browser: Promise<Browser> | undefined;
  readonly #closing: (() => Promise<unknown>)[] = [];
  readonly #problems: string[][] = [];

  /** Has something closed at the end of the test. */
  keep<T>(thing: T, close: (thing: T) => Promise<unknown>): T {
    this.#closing.push(() => close(thing));
    return thing;
  }

  async server(environment: Record<string, string> = {}): Promise<RunningServer> {
    return this.keep(await startServer(environment), (server) => server.dispose());
  }

  /** The same server again after `stop` or `kill`: on its data, its port. */
  async again(server: RunningServer, environment?: Record<string, string>): Promise<RunningServer> {
    return this.keep(await server.restart(environment), (other) => other.dispose());
  }

  async listener(history: readonly SimulatedPlay[] = someHistory()): Promise<LastfmSimulator> {
    const options = { apiKey: 'key', secret: 'secret', sessionKey: 'session', user: 'ada', history };
    return this.keep(await startLastfmSimulator(options), (lastfm) => lastfm.close());
  }

  /** A device that opens an address of the server. */
  async device(server: Pick<RunningServer, 'url'>, path: string, options: BrowserContextOptions = {}): Promise<Page> {
    this.#browser ??= openBrowser();
    const { context, page, problems } = await openDevice(await this.#browser, { baseURL: server.url, ...options });
    this.#problems.push(problems);
    this.#closing.push(() => context.close());
    await page.goto(path);
    return page;
  }

  /** What the test does to a page makes it throw: that is no failure. */
  expectProblems(): void {
    this.#problems.splice(0);
  }

  /** Ends a test. Fails it when a page threw or broke the content security policy. */
  async close(): Promise<void> {
    for (const close of this.#closing.splice(0).reverse()) await close();
    expect(this.#problems.splice(0).flat()).toEqual([]);
  }

  async closeBrowser(): Promise<void> {
    await (await this.#browser)?.close();
  }
}
