import { existsSync, readFileSync } from 'node:fs';
import type { RunningServer } from '#tests/kit/serverProcess.ts';
import type { Tally } from './tally.ts';

/** The largest resident memory that a process had so far, in megabytes; undefined where the system does not say. */
export function peakMemoryMb(pid: number): number | undefined {
  const path = `/proc/${pid}/status`;
  const kilobytes = existsSync(path) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(path, 'utf8'))?.[1] : undefined;
  return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
}

/** How a server that still runs bore what was done to it: the longest that its event loop was held, and its largest memory. */
export async function serverFigures(
  server: RunningServer,
): Promise<Partial<Pick<Tally, 'longestStallMs' | 'peakMemoryMb'>>> {
  const text = await (await fetch(`${server.url}/api/v1/metrics`)).text();
  const seconds = /^aime_event_loop_stall_seconds_max ([\d.e-]+)$/m.exec(text)?.[1];
  const memory = peakMemoryMb(server.pid);
  return {
    ...(seconds !== undefined && { longestStallMs: Number(seconds) * 1_000 }),
    ...(memory !== undefined && { peakMemoryMb: memory }),
  };
}
