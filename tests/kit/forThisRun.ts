import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { programsFolder } from '#tests/stress/program.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for what test files share: it is removed when all of them have run. Programs built in it find their packages. */
    forThisRun: string;
  }
}

/** Processes of a run are ended from outside, and can clean up nothing that outlives a file: the run does. */
export default function setup({ provide }: TestProject): () => void {
  const folder = programsFolder();
  provide('forThisRun', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
