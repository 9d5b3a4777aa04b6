import { test } from 'vitest';
import { proveJobs } from '#tests/stress/jobs.ts';

test('SIGKILL inside each job: no listen lost, none doubled, every backup sound', async () => {
  await proveJobs({ seed: 2026, kills: 2 });
});
