import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import type { CodeOf } from '#shared/library/serviceStates.ts';
import { sharedUpstreams } from '#shared/upstreams/registry.ts';
import { waitLimitMs } from '#tests/kit/pace.ts';
import { patternOf, type Sentence } from '../sentences/sentence.ts';
import { SERVICE_ERROR_SENTENCES } from '../sentences/serviceErrors.ts';
import { SERVICES } from '../sentences/services.ts';

export type ServiceId = keyof typeof SERVICES;
export const LANGUAGES = ['en', 'fr'] as const;

/** A service's line in Settings, where its sentence stands. */
const sentenceAt = (page: Page, name: string): Locator =>
  page
    .locator('#connections .service')
    .filter({ has: page.getByRole('heading', { name, exact: true }) })
    .locator('.tx > p')
    .first();
/** Reads the cards of two pages, an English and a French one, and keeps count of the states that were read. */
export class ServiceCards {
  readonly pages: Page[];
  readonly #read = new Map<ServiceId, Set<string>>();

  constructor(pages: Page[]) {
    this.pages = pages;
  }

  /** The card comes to say this and nothing else, in both languages: what it said before is over. Half of the usual wait, so that a failure names the state. */
  async say<Of extends ServiceId>(
    id: Of,
    code: CodeOf<Of>,
    fault?: keyof typeof SERVICE_ERROR_SENTENCES,
  ): Promise<void> {
    const row = (SERVICES[id] as Record<string, Sentence>)[code]!;
    const named = (text: string) => text.replace('…', sharedUpstreams[id].name);
    const more = fault
      ? { en: named(SERVICE_ERROR_SENTENCES[fault].en), fr: named(SERVICE_ERROR_SENTENCES[fault].fr) }
      : null;
    await Promise.all(
      this.pages.map(async (page, at) => {
        const place = sentenceAt(page, sharedUpstreams[id].name);
        await expect
          .poll(() => place.textContent(), { message: `${id} ${code} ${LANGUAGES[at]}`, timeout: waitLimitMs() / 2 })
          .toMatch(patternOf(row, LANGUAGES[at]!, more));
      }),
    );
    this.#read.set(id, (this.#read.get(id) ?? new Set()).add(code));
  }

  /** The states of these services that nobody read. */
  unread(services: readonly ServiceId[]): string[] {
    return services.flatMap((id) =>
      Object.keys(SERVICES[id])
        .filter((code) => !this.#read.get(id)?.has(code))
        .map((code) => `${id} ${code}`),
    );
  }
}
