/** Finds a Chromium for the browser tests, and installs one when there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, ensureNode, root } from './ready.mjs';

/** The headless shell first: the same engine without a window's machinery, so that pages open with about a quarter less work. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

async function present() {
  const { chromium } = await import('playwright-core');
  return [process.env.CHROMIUM, ...PLACES, chromium.executablePath()].find((path) => path && existsSync(path));
}

/** One that is there, else Debian's package when root, else Playwright's own. */
export async function ensureBrowser() {
  for (const install of [() => undefined, installPackage, installPlaywrights]) {
    install();
    const found = await present();
    if (found) return found;
  }
  console.error('The browser tests need Chromium: install it, or set CHROMIUM to its path.');
  process.exit(1);
}

/** A few seconds where the system's packages can be had; nothing where they cannot. */
function installPackage() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log("No Chromium here: installing the system's…");
  spawnSync('apt-get', ['update'], { stdio: 'ignore' });
  // Older Debians have no package of the shell alone.
  for (const name of ['chromium-headless-shell', 'chromium']) {
    const { status } = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status === 0) break;
  }
}

function installPlaywrights() {
  console.log("No Chromium here: installing Playwright's…");
  spawnSync(process.execPath, [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], {
    cwd: root,
    stdio: 'inherit',
    timeout: 300_000,
  });
}

/** Makes this process ready to show the built pages in a browser, by programs in TypeScript. */
export async function readyForPages() {
  process.chdir(root);
  ensureNode();
  ensureInstalled();
  process.env.CHROMIUM = await ensureBrowser();
  ensureBuilt();
  const { register } = await import('tsx/esm/api');
  register();
}
