/** `npm run screenshots`: every page of the demo's household, in docs/screenshots. `npm run screenshots -- journal album` takes those alone. */
import { readyForPages } from './browser.mjs';

await readyForPages();
const { takeScreenshots } = await import('../tests/e2e/screenshots.ts');
await takeScreenshots(process.argv.slice(2));
