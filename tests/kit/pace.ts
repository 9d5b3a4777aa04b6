/**
 * How slow this machine is at the moment, measured once when a run of tests starts. Limits grow with it, so that a busy machine
 * fails no test, and are bounded, so that a test that hangs has failed within two minutes on any machine.
 */

/** What the loop below takes on the machine that the limits were found on, in milliseconds. */
const REFERENCE_MS = 32;
const LARGEST_FACTOR = 12;

/** A test or hook that runs longer than this has failed, however slow the machine is. */
const LONGEST_TEST_MS = 110_000;
/** On a machine as fast as the reference: several files run at once, and a test may get a third of a processor. */
const USUAL_TEST_MS = 90_000;

/** Workers are given what the run measured: each by itself would measure how busy the others keep the machine. */
const VARIABLE = 'AIME_TEST_PACE';

function measured(): number {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    let sum = 0;
    for (let turn = 0; turn < 50_000_000; turn += 1) sum = (sum + turn * 7) | 0;
    return sum === 0.5 ? 0 : performance.now() - started;
  });
  const median = times.sort((one, other) => one - other)[2]!;
  return Math.min(LARGEST_FACTOR, Math.max(1, median / REFERENCE_MS));
}

/** 1 on a machine as fast as the reference or faster, at most 12. */
export function paceFactor(): number {
  const parsedFactor = Number(process.env[VARIABLE]);
  if (parsedFactor >= 1 && parsedFactor <= LARGEST_FACTOR) return parsedFactor;
  const factor = measured();
  process.env[VARIABLE] = String(factor);
  return factor;
}

/** How long a test or hook may take, in whole milliseconds. */
export const testLimitMs = (): number => Math.min(LONGEST_TEST_MS, Math.round(USUAL_TEST_MS * paceFactor()));

/** How long something inside a test is waited for, in whole milliseconds: less than the test's own limit, so that what was missing is named. */
export const waitLimitMs = (): number => Math.round(testLimitMs() * 0.8);

/**
 * For fast-check, how often a property is tried: fewer times on a slow machine, never fewer than `least`, but for those
 * that half of the test's time does not suffice for. One that was never tried fails.
 */
export const repeated = (usual: number, least: number) => ({
  numRuns: Math.max(least, Math.round(usual / paceFactor())),
  interruptAfterTimeLimit: testLimitMs() / 2,
  markInterruptAsFailure: false,
});
