import type { Locator, Page } from 'playwright-core';

/** A listen's row in the Journal, by the title of its track. */
export const listen = (page: Page, title: string): Locator =>
  page.locator('[data-listen]').filter({ has: page.getByText(title, { exact: true }) });

/** The button that loves a track, wherever it stands. */
export const love = (within: Page | Locator, title: string): Locator =>
  within.getByRole('button', { name: `Love ${title}`, exact: true });

export const nowPlaying = (page: Page): Locator => page.getByRole('region', { name: 'Now playing' });

export const seen = (locator: Locator): Promise<void> => locator.first().waitFor({ state: 'visible' });
export const gone = (locator: Locator): Promise<void> => locator.first().waitFor({ state: 'hidden' });

const undoButton = (page: Page): Locator => page.getByRole('button', { name: 'Undo' });
/** Lays a hand on Undo: the message that offers it stays as long as it lies there. */
export const reachForUndo = (page: Page): Promise<void> => undoButton(page).hover();
/** Presses it, and takes the hand away: it would keep the next message too. */
export async function undo(page: Page): Promise<void> {
  await undoButton(page).click();
  await page.mouse.move(0, 0);
}

/** Waits until this device keeps the app and the library, so that both are there without a server. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await seen(page.getByRole('button', { name: 'Up to date' }));
}
