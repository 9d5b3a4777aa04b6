import { defineConfig } from 'vitest/config';

/** The suites: `unit` needs nothing, `contracts` open loopback ports, `e2e` drive a real browser on a built server. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['{shared,server,web,scripts}/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'contracts',
          include: ['tests/contracts/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/setup/global.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A browser, a server and the test share the processors: more at once would only wait for each other.
          maxWorkers: 2,
        },
      },
    ],
  },
});
