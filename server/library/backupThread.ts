import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CopyFacts } from './backup.ts';
import type { CopyAnswer } from './backupWorker.ts';

/**
 * `copyAndCheck` in a thread of its own, so that the server goes on answering while it runs.
 *
 * @throws what went wrong, with SQLite's code; the signal's reason when it is aborted, once the thread has let go of the files.
 */
export async function copyInThread(source: string, partial: string, signal?: AbortSignal): Promise<CopyFacts> {
  signal?.throwIfAborted();
  const { file, execArgv } = program();
  const thread = new Worker(file, { workerData: { source, partial }, ...(execArgv && { execArgv }) });
  const stop = () => void thread.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const answer = await new Promise<CopyAnswer>((resolve, reject) => {
      let said: CopyAnswer | undefined;
      thread.on('message', (message: CopyAnswer) => (said = message));
      thread.on('error', reject);
      thread.on('exit', (code) => (said ? resolve(said) : reject(signal?.aborted ? (signal.reason as Error) : new Error(`The copying thread ended with ${code}`))));
    });
    if ('facts' in answer) return answer.facts;
    throw Object.assign(new Error(answer.failure.message), { code: answer.failure.code });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** The worker beside this file: bundled when this is, else the source as it stands. */
function program(): { file: string; execArgv?: string[] } {
  if (!import.meta.url.endsWith('.ts')) return { file: join(import.meta.dirname, '..', 'workers', 'backup.js') };
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return { file: join(import.meta.dirname, 'backupWorker.ts'), execArgv: ['--import', loader] };
}
