import { rmSync } from 'node:fs';
import type { CodedError } from '#shared/errors/errorCodes.ts';
import { packBackup, type PackOrder } from './pack.ts';
import type { BackupManifest } from './manifest.ts';

/** What the process that packs says on its standard output, as JSON. */
export type PackAnswer =
  { manifest: BackupManifest } | { failure: { message: string; code?: string; problem?: CodedError } };

/**
 * `node … ORDER`, an order as JSON: a process of its own, so that the server goes on answering, and can be ended at any moment. It
 * ends when the process that began it is gone, which it learns from its standard input.
 */
const order = JSON.parse(process.argv[2] ?? '{}') as PackOrder;
process.stdin
  .on('close', () => {
    for (const path of [order.target, `${order.target}.copy`]) rmSync(path, { force: true });
    process.exit(1);
  })
  .resume();

async function answer(): Promise<PackAnswer> {
  try {
    return { manifest: await packBackup(order) };
  } catch (error) {
    const { message, code, problem } = error as Error & { code?: string; problem?: CodedError };
    return { failure: { message, ...(code !== undefined && { code }), ...(problem !== undefined && { problem }) } };
  }
}

process.stdout.write(JSON.stringify(await answer()), () => process.exit(0));
