import { spawn } from 'node:child_process';
import { programArguments } from '../../kit/program.ts';
import { BY_REASON, failureOfStatus } from '../api/restoreRefusal.ts';

export interface RestorePlace {
  dataDir: string;
  /** Where secrets are kept. */
  configDir: string;
}

/** How the command that brings backups back is run, and checks them alone. @param args its own */
export const restoreCommand = (args: readonly string[], { dataDir, configDir }: RestorePlace) => ({
  args: [...programArguments('commands/restore.js', 'scripts/restore.ts'), BY_REASON, ...args],
  env: { ...process.env, AIME_DATA_DIR: dataDir, AIME_CONFIG_DIR: configDir },
});

/** Runs that command in a process of its own. @returns what it said. @throws RestoreError with what it said when it did not succeed. */
export async function restoreInProcess(args: readonly string[], place: RestorePlace): Promise<string> {
  const command = restoreCommand(args, place);
  const child = spawn(process.execPath, command.args, { stdio: ['ignore', 'pipe', 'pipe'], env: command.env });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const status = await new Promise((ended, failed) => {
    child.once('error', failed);
    child.once('close', ended);
  });
  if (status !== 0) throw failureOfStatus(status, said.trim());
  return said.trim();
}
