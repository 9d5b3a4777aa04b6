/** `npm run demo`: as `npm start`, against simulated services that go on playing. Its data is separate, in data/demo. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, ensureNode, root } from './ready.mjs';

process.chdir(root);
ensureNode();
ensureInstalled();
ensureBuilt();
await import(pathToFileURL(join(root, 'build', 'demo', 'main.js')).href);
