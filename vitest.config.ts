import { defineConfig } from 'vitest/config';
import { testLimitMs, waitLimitMs } from './tests/kit/pace.ts';

/**
 * How long a test may hang before it is given up: under two minutes on any machine. No test asserts a time; slow machines are met
 * by the factor measured here, at the start. Files of one suite share a process, but for those of the app: each
 * cleans up after itself, and what it imports is read once.
 */
const limited = {
  testTimeout: testLimitMs(),
  hookTimeout: testLimitMs(),
  isolate: false,
  maxWorkers: 2,
  expect: { poll: { timeout: waitLimitMs() } },
};

/** The suites: `unit` and `web` need nothing, `contracts` open loopback ports, `e2e` drive a real browser on a built server. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...limited,
          name: 'unit',
          include: ['{shared,server,scripts}/**/*.test.ts', 'tests/{kit,stress}/**/*.test.ts'],
        },
      },
      // The app's modules hold state, and its tests put others in their place: what one file leaves must not reach the next.
      { test: { ...limited, isolate: true, name: 'web', include: ['web/**/*.test.ts'] } },
      // Upstreams and pages are waited for more than worked on: two processors carry four of these at once.
      {
        test: {
          ...limited,
          maxWorkers: 4,
          name: 'contracts',
          include: ['tests/contracts/**/*.test.ts'],
          // An example that newUpstream.test.ts takes to a copy, and runs there.
          exclude: ['tests/contracts/newUpstream/**'],
          globalSetup: ['tests/kit/forThisRun.ts'],
        },
      },
      {
        test: {
          ...limited,
          maxWorkers: 4,
          name: 'e2e',
          // Each look into a page costs processor time that the pages of the other files need.
          expect: { poll: { timeout: waitLimitMs(), interval: 100 } },
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/setup/global.ts'],
        },
      },
    ],
  },
});
