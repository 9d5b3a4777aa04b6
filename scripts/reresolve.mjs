/** `npm run reresolve [-- --apply]`: applies today's rule for "the same listen" to the whole history; shows what would change unless asked to apply. */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, ensureNode, root } from './ready.mjs';

process.chdir(root);
ensureNode();
ensureInstalled();
ensureBuilt();
await import(pathToFileURL(join(root, 'build', 'commands', 'reresolve.js')).href);
