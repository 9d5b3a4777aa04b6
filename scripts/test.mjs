/** `npm test`: every gate and every suite. Ends with the line `N passed, N failed`, the totals of all of them. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gates, runGates } from './gates.mjs';
import { ensureBuilt, ensureInstalled, ensureNode, root } from './ready.mjs';
import { useTemporaryFolder } from './temporary.mjs';

process.chdir(root);
ensureNode();
ensureInstalled();
const { ensureBrowser } = await import('./browser.mjs');
const browser = await ensureBrowser();
const failedGates = await runGates();
ensureBuilt();

const reports = useTemporaryFolder();
let passed = gates.length - failedGates.length;
let failed = failedGates.length;
const failures = [];
for (const project of ['unit', 'web', 'contracts', 'e2e']) {
  const totals = await runSuite(project);
  passed += totals.passed;
  failed += totals.failed;
  failures.push(...(totals.failures ?? []));
}
for (const failure of failures) console.log(`✗ ${failure.replace(`${root}/`, '')}`);
if (failedGates.length > 0) console.log(`Failed gates: ${failedGates.join(', ')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Runs one suite in a process group of its own, so that what a stuck test leaves running ends with it. */
async function runSuite(project) {
  const file = join(reports, `${project}.json`);
  const child = spawn(
    process.execPath,
    [
      join('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--project',
      project,
      '--reporter=default',
      `--reporter=./scripts/testReporter.mjs`,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      detached: process.platform !== 'win32',
      env: { ...process.env, CHROMIUM: browser, AIME_TEST_TOTALS: file },
    },
  );
  const interrupted = () => endGroup(child);
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  const status = await new Promise((resolve) => child.once('exit', resolve));
  process.off('SIGINT', interrupted);
  process.off('SIGTERM', interrupted);
  endGroup(child);
  const totals = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { passed: 0, failed: 0, failures: [`${project}: ended before it counted`] };
  // A suite that ended badly has failed, whatever it counted.
  return { ...totals, failed: Math.max(totals.failed, status === 0 ? 0 : 1) };
}

function endGroup({ pid }) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
