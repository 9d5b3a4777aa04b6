import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { AxeResults } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What may be wrong in one theme and right in the other: all else is the same document. */
export const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe holds against the page as it is, serious and critical: "rule: what it says (where)". Rules of WCAG 2.2, A and AA, and best practices; or only these rules. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(source);
  const found = await page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as { axe: { run(context: Document, options: object): Promise<AxeResults> } };
    const { violations: all } = await axe.run(document, {
      resultTypes: ['violations'],
      ...(only && { runOnly: only }),
    });
    return all.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`).slice(0, 3),
    }));
  }, rules);
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, where }) => `${id}: ${help} (${where.join(' | ')})`);
}
