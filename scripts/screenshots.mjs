/** `npm run screenshots`: every page of the demo's household, in docs/screenshots. `npm run screenshots -- journal album` takes those alone. */
import { ensureBuilt, ensureInstalled, ensureNode, root } from './ready.mjs';

process.chdir(root);
ensureNode();
ensureInstalled();
const { ensureBrowser } = await import('./browser.mjs');
process.env.CHROMIUM = await ensureBrowser();
ensureBuilt();
const { register } = await import('tsx/esm/api');
register();
const { takeScreenshots } = await import('../tests/e2e/screenshots.ts');
await takeScreenshots(process.argv.slice(2));
