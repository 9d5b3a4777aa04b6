import { randomInt } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { seen } from '../setup/places.ts';
import { even } from './format.ts';

/** What the household is made from; a failure names it. */
export const SEED = Number(process.env['AIME_SEED'] ?? randomInt(1, 2 ** 31));

export const text = async (place: Locator): Promise<string> => even(await place.innerText());

export const texts = async (place: Locator): Promise<string[]> => (await place.allInnerTexts()).map(even);

/** What is read becomes this; the failure names what was read last. */
export const becomes = (read: () => Promise<unknown>, expected: unknown, what: string) =>
  expect.poll(read, { message: `${what}, seed ${SEED}` }).toEqual(expected);

export const says = (place: Locator, part: string | RegExp, what: string) =>
  expect.poll(() => text(place), { message: `${what}, seed ${SEED}` }).toMatch(part);

export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await seen(page.locator('main h1'));
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}

/** Every table of the page by its caption, row by row. */
export async function tables(page: Page): Promise<Record<string, string[][]>> {
  const found = await page.evaluate(() =>
    [...document.querySelectorAll('main table')].map((table) => ({
      caption: table.querySelector('caption')?.textContent ?? '',
      rows: [...table.querySelectorAll('tbody tr')].map((row) =>
        [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? ''),
      ),
    })),
  );
  return Object.fromEntries(found.map(({ caption, rows }) => [even(caption), rows.map((row) => row.map(even))]));
}

/** Shows each figure of the page as its table. */
export const asTables = (page: Page) =>
  page.evaluate(() =>
    document
      .querySelectorAll<HTMLElement>('main section button[aria-pressed=false]')
      .forEach((button) => button.click()),
  );

export const byName = (rows: readonly (readonly string[])[]): string[] => rows.map((row) => row.join(' | ')).sort();
