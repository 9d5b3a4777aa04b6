import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { createCalendar } from '#shared/journal/calendar.ts';
import { until } from '#tests/kit/serverProcess.ts';
import { openBrowser, openDevice, PHONE } from './setup/browser.ts';
import { type DemoHousehold, openDemoHousehold } from './setup/demoHousehold.ts';
import { seen } from './setup/places.ts';

const FOLDER = 'docs/screenshots';

interface Look {
  size: 'desktop' | 'phone';
  theme: 'light' | 'dark';
  language: 'en' | 'fr';
}

const look = (size: Look['size'], theme: Look['theme'], language: Look['language'] = 'en'): Look => ({
  size,
  theme,
  language,
});
const twoLooks = [look('desktop', 'light'), look('phone', 'dark')];
const everyLook = [
  ...twoLooks,
  look('desktop', 'dark'),
  look('phone', 'light'),
  look('desktop', 'light', 'fr'),
  look('phone', 'dark', 'fr'),
];

interface Shot {
  name: string;
  path: (demo: DemoHousehold) => string;
  looks: readonly Look[];
  /** What is done on the page before its picture is taken. */
  before?: (page: Page, demo: DemoHousehold) => Promise<void>;
}

/** A whole day, by the household's clocks. */
const yesterday = (): string => createCalendar('Europe/Zurich').dayKey(Date.now() / 1000 - 86_400);

const playing = (page: Page) => page.getByRole('region', { name: /^(Now playing|En ce moment)$/ });

const shots: readonly Shot[] = [
  {
    name: 'journal',
    path: () => '/journal',
    looks: everyLook,
    async before(page) {
      await seen(playing(page));
      await seen(page.locator(page.viewportSize()!.width > 1100 ? '.sidebar .haiku' : '[data-listen]'));
    },
  },
  { name: 'collection', path: () => '/collection', looks: everyLook },
  { name: 'album', path: ({ album }) => `/album/${album.id}`, looks: everyLook },
  { name: 'timeline', path: () => `/timeline?day=${yesterday()}`, looks: everyLook },
  { name: 'analytics', path: () => '/analytics', looks: everyLook },
  { name: 'artist', path: ({ album }) => `/artist/${album.artists[0]?.id}`, looks: twoLooks },
  {
    name: 'playlists',
    path: () => '/playlists',
    looks: twoLooks,
    before: (page) => page.getByRole('button', { name: 'Make a playlist' }).click(),
  },
  {
    name: 'search',
    path: () => '/collection',
    looks: twoLooks,
    async before(page, { album }) {
      await page
        .getByRole('button', { name: /^Search/ })
        .first()
        .click();
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
  // One that is cut off by a list that scrolls is not fetched, and not missed.
  const missing = () =>
    page.locator('img').evaluateAll(
      (images) =>
        new Promise<string[]>((resolve) => {
          if (images.length === 0) resolve([]);
          const observer = new IntersectionObserver((entries) => {
            observer.disconnect();
            resolve(
              entries.flatMap(({ isIntersecting, target }) =>
                isIntersecting && !(target as HTMLImageElement).complete ? [(target as HTMLImageElement).src] : [],
              ),
            );
          });
          for (const image of images) observer.observe(image);
        }),
    );
  await until('the pictures', missing, ({ length }) => length === 0);
}

const nameOf = ({ name }: Shot, { size, theme, language }: Look): string =>
  `${name}-${size}-${theme}${language === 'en' ? '' : `-${language}`}.webp`;

/** All the pictures of one look, on one device: it keeps the library, as a person's does. */
async function takeAll(
  browser: Browser,
  demo: DemoHousehold,
  wanted: readonly Shot[],
  { size, theme, language }: Look,
): Promise<void> {
  const { context, page } = await openDevice(browser, {
    baseURL: demo.server.url,
    locale: language,
    colorScheme: theme,
    ...(size === 'phone' ? { viewport: PHONE, isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}),
  });
  try {
    await page.goto('/journal');
    await seen(playing(page));
    await seen(page.getByRole('button', { name: /^(Up to date|À jour)$/ }));
    for (const shot of wanted) {
      await page.goto(shot.path(demo));
      await ready(page);
      await shot.before?.(page, demo);
      await ready(page);
      const file = join(FOLDER, nameOf(shot, { size, theme, language }));
      await writeFile(
        file,
        await sharp(await page.screenshot())
          .webp({ quality: 82 })
          .toBuffer(),
      );
      process.stdout.write(`${file}\n`);
    }
  } finally {
    await context.close();
  }
}

/** Takes every page's pictures from the demo's household. `only` names the pages that are taken; the others' stay as they are. */
export async function takeScreenshots(only: readonly string[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const [demo, browser] = await Promise.all([openDemoHousehold(), openBrowser()]);
  try {
    const wanted = shots.filter(({ name }) => only.length === 0 || only.includes(name));
    if (only.length === 0) for (const file of await readdir(FOLDER)) await rm(join(FOLDER, file));
    // The first ones are shown most, and come last: by then covers were found, and something was heard today.
    for (const each of everyLook.toReversed())
      await takeAll(
        browser,
        demo,
        wanted.filter(({ looks }) => looks.includes(each)),
        each,
      );
  } finally {
    await browser.close();
    await demo.close();
  }
}
