import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { until } from '#tests/kit/serverProcess.ts';
import { DESKTOP, openBrowser, openDevice, PHONE } from './setup/browser.ts';
import { type DemoHouse, openDemoHouse } from './setup/demoHouse.ts';
import { nowPlaying, seen } from './setup/places.ts';

const FOLDER = 'docs/screenshots';

interface Look {
  size: 'desktop' | 'phone';
  theme: 'light' | 'dark';
  language: 'en' | 'fr';
}

const look = (size: Look['size'], theme: Look['theme'], language: Look['language'] = 'en'): Look => ({ size, theme, language });
const everyLook = [
  look('desktop', 'light'), look('desktop', 'dark'), look('phone', 'light'), look('phone', 'dark'),
  look('desktop', 'light', 'fr'), look('phone', 'dark', 'fr'),
];
const twoLooks = [look('desktop', 'light'), look('phone', 'dark')];

interface Shot {
  name: string;
  path: (house: DemoHouse) => string;
  looks: readonly Look[];
  /** What is done on the page before its picture is taken. */
  before?: (page: Page, house: DemoHouse) => Promise<void>;
}

const shots: readonly Shot[] = [
  { name: 'journal', path: () => '/journal', looks: everyLook, before: (page) => seen(page.locator('[data-listen]')) },
  { name: 'collection', path: () => '/collection', looks: everyLook },
  { name: 'album', path: ({ album }) => `/album/${album.id}`, looks: everyLook },
  { name: 'timeline', path: () => '/timeline', looks: everyLook },
  { name: 'analytics', path: () => '/analytics', looks: everyLook },
  { name: 'artist', path: ({ album }) => `/artist/${album.artists[0]?.id}`, looks: twoLooks },
  { name: 'playlists', path: () => '/playlists', looks: twoLooks, before: (page) => page.getByRole('button', { name: 'Compose the playlist' }).click() },
  {
    name: 'search', path: () => '/collection', looks: twoLooks,
    async before(page, { album }) {
      await page.getByRole('button', { name: /^Search/ }).first().click();
      await page.getByRole('combobox').fill(album.title.slice(0, 4).toLowerCase());
      await seen(page.getByRole('option'));
    },
  },
  { name: 'settings', path: () => '/settings', looks: twoLooks },
  { name: 'welcome', path: () => '/welcome', looks: twoLooks },
];

/** Resolves once nothing is loading and every picture in sight is drawn. */
async function ready(page: Page): Promise<void> {
  await seen(page.locator('main h1'));
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  const drawn = () => page.locator('img').evaluateAll((images) => images.every((image) => {
    const { top, bottom } = image.getBoundingClientRect();
    return bottom < 0 || top > innerHeight || (image instanceof HTMLImageElement && image.complete);
  }));
  await until('the pictures', drawn, Boolean);
}

async function take(browser: Browser, house: DemoHouse, shot: Shot, { size, theme, language }: Look): Promise<void> {
  const phone = size === 'phone';
  const { context, page } = await openDevice(browser, {
    baseURL: house.server.url, locale: language, colorScheme: theme, viewport: phone ? PHONE : DESKTOP,
    ...(phone ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}),
  });
  try {
    await page.goto(shot.path(house));
    await ready(page);
    await shot.before?.(page, house);
    await ready(page);
    const file = join(FOLDER, `${shot.name}-${size}-${theme}${language === 'en' ? '' : `-${language}`}.webp`);
    await writeFile(file, await sharp(await page.screenshot()).webp({ quality: 82 }).toBuffer());
    process.stdout.write(`${file}\n`);
  } finally {
    await context.close();
  }
}

/** Takes every page's pictures from the demo's household. `only` names the pages that are taken; the others' stay as they are. */
export async function takeScreenshots(only: readonly string[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const [house, browser] = await Promise.all([openDemoHouse(), openBrowser()]);
  try {
    const { page, context } = await openDevice(browser, { baseURL: house.server.url });
    await page.goto('/journal');
    await seen(nowPlaying(page));
    await context.close();
    const wanted = shots.filter(({ name }) => only.length === 0 || only.includes(name));
    if (only.length === 0) for (const file of await readdir(FOLDER)) await rm(join(FOLDER, file));
    for (const shot of wanted) for (const each of shot.looks) await take(browser, house, shot, each);
  } finally {
    await browser.close();
    await house.close();
  }
}
