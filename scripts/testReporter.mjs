/**
 * A reporter for vitest: counts as it goes, and ends a run in which a file has got nowhere for two minutes. Vitest's own limits
 * cannot end a test that never gives its turn back, such as a loop without end.
 */
import { writeFileSync } from 'node:fs';

/** Between a test's own limit, at most 110 s, and two minutes. */
const STUCK_MS = 117_000;
const LOOK_EVERY_MS = 1_000;

export default class CountingReporter {
  #totals = { passed: 0, failed: 0, failures: [] };
  /** Files that run, with when something was last heard of each. */
  #running = new Map();
  /** Files that have ended: what is still heard of them comes late, and begins nothing. */
  #ended = new Set();
  #watch;
  #file = process.env.AIME_TEST_TOTALS;

  onTestRunStart() {
    this.#watch = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  onTestModuleStart(module) {
    this.#heard(module);
  }

  onTestModuleEnd(module) {
    this.#running.delete(module.moduleId);
    this.#ended.add(module.moduleId);
    // A file that could not even be loaded has no failed test of its own, and is a failure all the same.
    const [first] = module.errors();
    if (first !== undefined) this.#failed(module.moduleId, first);
  }

  onTestCaseReady(test) {
    this.#heard(test.module, test.fullName);
  }

  onTestCaseResult(test) {
    this.#heard(test.module);
    const { state, errors } = test.result();
    if (state === 'passed') this.#totals.passed += 1;
    if (state === 'failed') this.#failed(`${test.module.moduleId} > ${test.fullName}`, errors?.[0]);
  }

  onHookStart({ entity }) {
    this.#heard(entity.module ?? entity);
  }

  onHookEnd({ entity }) {
    this.#heard(entity.module ?? entity);
  }

  onTestRunEnd(_modules, errors) {
    clearInterval(this.#watch);
    if (errors.length > 0) this.#failed('outside any test', errors[0]);
    this.#write();
  }

  /** Counts a failure and keeps what it was: a log that is read from its end names it without the thousands of lines before. */
  #failed(where, error) {
    this.#totals.failed += 1;
    const [said = ''] = String(error?.message ?? '').split('\n');
    this.#totals.failures.push(`${where}: ${said}`);
  }

  #heard(module, test) {
    if (this.#ended.has(module.moduleId)) return;
    this.#running.set(module.moduleId, { at: performance.now(), test });
  }

  #look() {
    this.#write();
    for (const [file, { at, test }] of this.#running) {
      if (performance.now() - at < STUCK_MS) continue;
      this.#failed(`${file}${test ? ` > ${test}` : ''}`, new Error('nothing came of it for two minutes'));
      this.#write();
      process.stdout.write(
        `\n✗ ${file}${test ? ` > ${test}` : ''}: nothing came of it for two minutes; the run is ended.\n`,
      );
      process.exit(1);
    }
  }

  #write() {
    if (this.#file) writeFileSync(this.#file, JSON.stringify(this.#totals));
  }
}
