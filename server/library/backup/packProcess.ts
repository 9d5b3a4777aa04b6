import { spawn } from 'node:child_process';
import { cut } from '#shared/text/cut.ts';
import { programArguments } from '../../kit/program.ts';
import type { BackupManifest } from './manifest.ts';
import type { PackOrder } from './pack.ts';
import type { PackAnswer } from './packProgram.ts';

/**
 * `packBackup` in a process of its own: the server goes on answering, and keeps the memory it had.
 *
 * @throws what went wrong, with SQLite's code; the signal's reason when it is aborted, once the process has closed the files.
 */
export async function packInProcess(order: PackOrder, signal?: AbortSignal): Promise<BackupManifest> {
  signal?.throwIfAborted();
  const child = spawn(
    process.execPath,
    [...programArguments('workers/backup.js', 'server/library/backup/packProgram.ts'), JSON.stringify(order)],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const stop = () => void child.kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  try {
    let [said, complained] = ['', ''];
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
    await new Promise((ended, failed) => {
      child.once('error', failed);
      child.once('close', ended);
    });
    signal?.throwIfAborted();
    if (said === '')
      throw new Error(
        `the copying process ended with ${child.exitCode ?? child.signalCode}. ${cut(complained, 1_000)}`,
      );
    const answer = JSON.parse(said) as PackAnswer;
    if ('manifest' in answer) return answer.manifest;
    const { message, code, problem } = answer.failure;
    throw Object.assign(new Error(message), { code, ...(problem !== undefined && { problem }) });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
