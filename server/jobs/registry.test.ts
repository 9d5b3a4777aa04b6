import { expect, it } from 'vitest';
import { jobIds } from '#shared/jobs/jobId.ts';
import type { JobDependencies } from './dependencies.ts';
import { jobs } from './registry.ts';

it('every job that has a name in both languages is in the registry, once, and no other', () => {
  // None works before it runs.
  expect(
    jobs({} as JobDependencies)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...jobIds].sort());
});
