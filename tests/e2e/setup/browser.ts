import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const SWITCHES = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** The Chromium that the test command found, else Debian's, else Playwright's own. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = [process.env['CHROMIUM'], '/usr/bin/chromium', chromium.executablePath()].find((path) => path && existsSync(path));
  return chromium.launch({ args: SWITCHES, ...(executablePath ? { executablePath } : {}) });
}

/** A device: its own storage, English and wide unless said otherwise. Errors on its pages end up in `problems`. */
export async function openDevice(browser: Browser, options: BrowserContextOptions = {}): Promise<{ context: BrowserContext; page: Page; problems: string[] }> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'en', timezoneId: 'Europe/Zurich', ...options });
  const problems: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  return { context, page, problems };
}
