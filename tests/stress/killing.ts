import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from '#tests/kit/serverProcess.ts';
import type { SeededChance } from '#tests/simulators/catalogue/random.ts';

/**
 * Ends the server as `kill -9` does at a random moment of its life and starts it again on the same data, so many times.
 *
 * @param soonest @param latest milliseconds it may live before it is killed
 * @param while_ false ends the killing early: there is nothing left to disturb
 * @returns the server that runs at the end, and how often it was killed.
 */
export async function killAgainAndAgain(
  server: RunningServer,
  {
    chance,
    kills,
    soonest = 20,
    latest,
    until,
    whileTrue,
  }: {
    chance: SeededChance;
    kills: number;
    soonest?: number;
    latest: number;
    until: number;
    whileTrue: () => Promise<boolean> | boolean;
  },
): Promise<{ server: RunningServer; killed: number }> {
  let running = server;
  let killed = 0;
  while (killed < kills && Date.now() < until && (await whileTrue())) {
    await sleep(chance.whole(soonest, latest));
    await running.kill();
    killed += 1;
    running = await running.restart();
  }
  return { server: running, killed };
}
