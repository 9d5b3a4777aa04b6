import type { Locator, Page } from 'playwright-core';

/** A section of Settings, by its id. */
export const section = (page: Page, id: string): Locator => page.locator(`section#${id}`);
/** One line of Settings, by its name. */
export const row = (within: Locator, title: string | RegExp): Locator =>
  within.locator('.st').filter({ has: within.page().getByRole('heading', { name: title }) });
