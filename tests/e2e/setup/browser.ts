import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { LIMIT_MS } from '#tests/kit/serverProcess.ts';

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** The Chromium that the test command found, else Debian's, the shell first, else Playwright's own. */
function launchOptions(): { args: string[]; executablePath?: string } {
  const executablePath = [
    process.env['CHROMIUM'],
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    chromium.executablePath(),
  ].find((path) => path && existsSync(path));
  return { args: SWITCHES, ...(executablePath ? { executablePath } : {}) };
}

export const openBrowser = (): Promise<Browser> => chromium.launch(launchOptions());

/** A browser of one device that keeps what it stores in `profile`, to be closed and opened again. */
export const openProfile = (profile: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    ...launchOptions(),
    viewport: DESKTOP,
    locale: 'en',
    timezoneId: 'Europe/Zurich',
  });

/** A device: its own storage, English and wide unless said otherwise. What goes wrong on its pages ends up in `problems`. */
export async function openDevice(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; page: Page; problems: string[] }> {
  const context = await browser.newContext({
    viewport: DESKTOP,
    locale: 'en',
    timezoneId: 'Europe/Zurich',
    reducedMotion: 'reduce',
    ...options,
  });
  const problems: string[] = [];
  context.setDefaultTimeout(LIMIT_MS);
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) problems.push(message.text());
  });
  return { context, page, problems };
}

/** Slows the page's processor so many times. @returns gives it back its speed. */
export async function slowed(page: Page, times: number): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: times });
  return async () => {
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await session.detach();
  };
}
