import { spawn } from 'node:child_process';
import { cut } from '#shared/text/cut.ts';
import { programArguments } from '../../kit/program.ts';
import { BEGUN } from './begun.ts';
import type { CheckAnswer } from './checkProgram.ts';

/** How long looking at a file may hold up the start, in milliseconds; a library of 300,000 listens takes about four seconds, its structure alone about two; a second of either is for its texts. */
const LONGEST_MS = 30_000;

/**
 * Looks at a database in a process of its own. @param how `quick` for its structure, `whole` for its indexes too, `alone` for what the
 * file says without its log.
 *
 * @returns null when it took too long or could not be begun: nothing is known then.
 */
export async function check(file: string, how: 'quick' | 'whole' | 'alone'): Promise<CheckAnswer | null> {
  const child = spawn(
    process.execPath,
    [...programArguments('workers/check.js', 'server/library/inspect/checkProgram.ts'), file, how],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, LONGEST_MS);
  await new Promise((ended, failed) => {
    child.once('error', failed);
    child.once('close', ended);
  });
  clearTimeout(timer);
  if (late) return null;
  // It did not come to look at the file: a full memory, say. Nothing is known then.
  if (!said.startsWith(BEGUN)) return null;
  const answer = said.slice(BEGUN.length);
  if (answer !== '') return JSON.parse(answer) as CheckAnswer;
  // Reading it ended the process that read it.
  return {
    life: null,
    isLibrary: true,
    flaw: `it cannot be read (${cut(complaint.trim().split('\n').at(-1) ?? '', 200)})`,
    unreadableTexts: false,
    busy: false,
  };
}
