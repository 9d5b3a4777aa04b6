/** `npm test`: every gate and every suite. Ends with the line `N passed, N failed`, the totals of all of them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gates, runGates } from './gates.mjs';
import { ensureBuilt, ensureInstalled, ensureNode, root } from './ready.mjs';

process.chdir(root);
ensureNode();
ensureInstalled();
const { ensureBrowser } = await import('./browser.mjs');
const browser = await ensureBrowser();
const failedGates = runGates();
ensureBuilt();

const reports = mkdtempSync(join(tmpdir(), 'aime-tests-'));
let passed = gates.length - failedGates.length;
let failed = failedGates.length;
for (const project of ['unit', 'contracts', 'e2e']) {
  const report = join(reports, `${project}.json`);
  const result = spawnSync(
    process.execPath,
    [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: root, stdio: 'inherit', env: { ...process.env, CHROMIUM: browser } },
  );
  const totals = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 1 };
  passed += totals.numPassedTests;
  // A suite that could not even be loaded has no failed test of its own, and is a failure all the same.
  failed += Math.max(totals.numFailedTests, result.status === 0 ? 0 : 1);
}
rmSync(reports, { recursive: true, force: true });
if (failedGates.length > 0) console.log(`Failed gates: ${failedGates.join(', ')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
