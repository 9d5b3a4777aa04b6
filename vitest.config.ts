import { defineConfig } from 'vitest/config';

/**
 * How long a test may hang before it is given up. No test asserts a time: the limits are far beyond what a busy machine needs.
 * Files of one suite share a process: each cleans up after itself, and what it imports is read once.
 */
const patient = { testTimeout: 1_200_000, hookTimeout: 1_200_000, isolate: false, maxWorkers: 2, expect: { poll: { timeout: 480_000 } } } as const;

/** The suites: `unit` needs nothing, `contracts` open loopback ports, `e2e` drive a real browser on a built server. */
export default defineConfig({
  test: {
    projects: [
      { test: { ...patient, name: 'unit', include: ['{shared,server,web,scripts}/**/*.test.ts'] } },
      { test: { ...patient, name: 'contracts', include: ['tests/contracts/**/*.test.ts'] } },
      { test: { ...patient, name: 'e2e', include: ['tests/e2e/**/*.test.ts'], globalSetup: ['tests/e2e/setup/global.ts'] } },
    ],
  },
});
