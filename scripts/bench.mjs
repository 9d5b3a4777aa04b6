/** `npm run bench`: measures the built server and pages at their full size. `--only NAME` measures one thing, `--json FILE` writes the figures, `--write` those of docs/performance.md. */
import { readyForPages } from './browser.mjs';

await readyForPages();
await import('../tests/bench/main.ts');
