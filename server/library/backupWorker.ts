import { parentPort, workerData } from 'node:worker_threads';
import { copyAndCheck, type CopyFacts } from './backup.ts';

/** What the thread that copies answers. */
export type CopyAnswer = { facts: CopyFacts } | { failure: { message: string; code?: string } };

const { source, partial } = workerData as { source: string; partial: string };

function answer(): CopyAnswer {
  try {
    return { facts: copyAndCheck(source, partial) };
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    return { failure: { message, ...(code === undefined ? {} : { code }) } };
  }
}

parentPort?.postMessage(answer());
