/** `npm start`: installs and builds what is missing, then serves. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, ensureNode, root } from './ready.mjs';

process.chdir(root);
ensureNode();
ensureInstalled();
ensureBuilt();
await import(pathToFileURL(join(root, 'build', 'server', 'main.js')).href);
