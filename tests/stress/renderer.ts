import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser, openDevice } from '#tests/e2e/setup/browser.ts';

/** One person's browser, whose page can be ended as a system that needs its memory ends it. */
export class Device {
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  #page: Page;

  private constructor(browser: Browser, context: BrowserContext, page: Page) {
    this.#browser = browser;
    this.#context = context;
    this.#page = page;
  }

  static async open(baseURL: string): Promise<Device> {
    const browser = await openBrowser();
    const { context, page } = await openDevice(browser, { baseURL });
    return new Device(browser, context, page);
  }

  get page(): Page {
    return this.#page;
  }

  /** @returns ends the process that shows the page, at once and without a word to it; what the browser itself keeps stays. A new page follows. */
  async killer(): Promise<() => Promise<void>> {
    const dying = this.#page;
    const session = await this.#context.newCDPSession(dying);
    return async () => {
      const dead = new Promise((resolve) => dying.once('crash', resolve));
      // Never answered: whoever would answer is gone.
      void session.send('Page.crash').catch(() => undefined);
      await dead;
      this.#page = await this.#context.newPage();
      await dying.close();
    };
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
