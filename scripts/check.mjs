/** `npm run check`: the fast gate. Formatting, lint, types, dependency rules, the words of names, dead code and the unit tests. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runGates } from './gates.mjs';
import { ensureInstalled, ensureNode, root } from './ready.mjs';

ensureNode();
ensureInstalled();
const failed = await runGates();
const units = spawnSync(
  process.execPath,
  [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'unit', '--project', 'web'],
  { cwd: root, stdio: 'inherit' },
);
process.exit(failed.length > 0 || units.status !== 0 ? 1 : 0);
