/** `npm run prove`: the long kills, floods and matrices. `--seed N` repeats a run, `--minutes M` goes on with further seeds that long, `--only NAME` tries one. */
import { ensureBuilt, ensureInstalled, ensureNode, root } from './ready.mjs';

process.chdir(root);
ensureNode();
ensureInstalled();
ensureBuilt();
const { register } = await import('tsx/esm/api');
register();
await import('../tests/stress/main.ts');
