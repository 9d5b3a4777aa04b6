import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../figure.ts';
import { newDevice, syncWhole } from '../device.ts';
import { cpuMs, residentBytes } from '../processTimes.ts';

const SETTLE_MS = 15_000;
const IDLE_MS = 20_000;

/** The server at rest with the whole library: after its start, and after a device took everything. */
export const idleMemory: Bench = {
  name: 'memory',
  async measure(ground) {
    const server = await ground.server();
    await sleep(SETTLE_MS);
    const fresh = residentBytes(server.pid);
    const { context, page } = await newDevice(await ground.browser());
    await syncWhole(page, server.url);
    await context.close();
    await sleep(SETTLE_MS);
    const before = cpuMs(server.pid);
    await sleep(IDLE_MS);
    const idleCpu = ((cpuMs(server.pid) - before) / IDLE_MS) * 100;
    return [
      {
        what: 'The server, idle with that library: resident memory',
        value: fresh / 1e6,
        unit: 'MB',
        reach: 200,
        remark: 'after its start',
      },
      {
        what: 'The same after a device took the whole library',
        value: residentBytes(server.pid) / 1e6,
        unit: 'MB',
        reach: 200,
      },
      { what: 'The server, idle: share of one processor', value: idleCpu, unit: '%' },
    ];
  },
};
