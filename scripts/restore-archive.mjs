/** `npm run restore-archive -- FILE|all`: brings archived listens back into the journal. */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, ensureNode, root } from './ready.mjs';

process.chdir(root);
ensureNode();
ensureInstalled();
ensureBuilt();
await import(pathToFileURL(join(root, 'build', 'commands', 'restore-archive.js')).href);
