import { expect } from 'vitest';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { INSTALL } from '../sentences/install.ts';
import { OFFLINE } from '../sentences/offline.ts';
import { patternOf } from '../sentences/sentence.ts';
import { Between } from './between.ts';
import { seen } from './places.ts';
import { following, now, type TestSession, untilHeard } from './testSession.ts';

const LANGUAGES = ['en', 'fr'] as const;

/** Pages in both languages, and the servers behind them, of one test session. */
export class BothLanguages {
  readonly #session: TestSession;

  constructor(session: TestSession) {
    this.#session = session;
  }

  /** An English and a French page of their own, opened as `prepare` left them. */
  async inBoth(
    url: string,
    path: string,
    prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
    options: BrowserContextOptions = {},
  ): Promise<Page[]> {
    return Promise.all(
      LANGUAGES.map(async (locale) => {
        const page = await this.#session.device({ url }, 'about:blank', { locale, ...options });
        await prepare(page);
        await page.goto(url + path);
        return page;
      }),
    );
  }

  /** A server whose first run is over. */
  async readyServer() {
    const server = await this.#session.server();
    await server.send('PUT', '/household', { firstRunDone: true });
    return server;
  }

  /** A server that follows a listener and has heard him, behind what the test can hold back and take away. */
  async followedServer() {
    const lastfm = await this.#session.listener();
    const server = await this.#session.server(following(lastfm));
    await server.send('PUT', '/household', { firstRunDone: true });
    await untilHeard(server);
    const between = this.#session.keep(await Between.start(server), (proxy) => proxy.close());
    const play = (title: string) =>
      lastfm.scrobble({ playedAt: now() - 60, artist: 'Marée Lente', title, album: 'Tidewater Sessions' });
    return { server, between, play };
  }
}

/** A line among those of this device in Settings, by its name in each language. */
const deviceLine = (page: Page, names: readonly string[]): Locator =>
  page
    .locator('section#device .st')
    .filter({ has: page.getByRole('heading', { name: new RegExp(`^(?:${names.join('|')})$`) }) });
export const offlineRow = (page: Page): Locator => deviceLine(page, ['Offline', 'Hors ligne']);
const offlineLine = (page: Page): Locator => offlineRow(page).locator('.tx > p').first();
export const installLine = (page: Page): Locator => deviceLine(page, ['Install AIME', 'Installer AIME']);

/** @param pages an English and a French one, and more in the same turn. */
export async function sayOffline(pages: Page[], kind: keyof typeof OFFLINE): Promise<void> {
  await Promise.all(
    pages.map(async (page, at) => {
      const language = LANGUAGES[at % LANGUAGES.length]!;
      await expect
        .poll(() => offlineLine(page).textContent(), { message: `offline ${kind} ${language}` })
        .toMatch(patternOf(OFFLINE[kind], language));
    }),
  );
}
export const onAll = (pages: Page[], script: () => unknown): Promise<unknown> =>
  Promise.all(pages.map((page) => page.evaluate(script)));

/** One of the line's texts: its own sentence, or the first of the steps. */
export async function sayInstall(pages: Page[], way: keyof typeof INSTALL): Promise<void> {
  await Promise.all(
    pages.map((page, at) => seen(installLine(page).getByText(patternOf(INSTALL[way], LANGUAGES[at]!)))),
  );
}
