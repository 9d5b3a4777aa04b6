/** `npm run bench`: measures the built server and pages at their full size. `--only NAME` measures one thing, `--json FILE` writes the figures. */
import { ensureBuilt, ensureInstalled, ensureNode, root } from './ready.mjs';

process.chdir(root);
ensureNode();
ensureInstalled();
const { ensureBrowser } = await import('./browser.mjs');
process.env.CHROMIUM = await ensureBrowser();
ensureBuilt();
const { register } = await import('tsx/esm/api');
register();
await import('../tests/bench/main.ts');
