import { test } from 'vitest';
import { stressJobs } from '#tests/stress/jobs.ts';

test('SIGKILL inside each job: no listen lost, none doubled, every backup sound', async () => {
  await stressJobs({ seed: 2026, kills: 2 });
});
