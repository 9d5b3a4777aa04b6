import { BackgroundLoop } from '../kit/background/loop.ts';
import { turn } from '../kit/turns.ts';
import type { ModuleContext, Module } from './module.ts';

/** Does, a slice at a time, what follows from changes: at a start what was left, and from then on whatever is noted. */
export function createFollowUpsModule({
  library,
  clock,
  log,
}: Pick<ModuleContext, 'library' | 'clock' | 'log'>): Module {
  const loop = new BackgroundLoop({
    name: 'follow-ups',
    clock,
    log,
    async round(signal) {
      const breathe = async () => {
        await turn();
        await library.availability.writable({ patienceMs: Infinity, signal });
      };
      await breathe();
      await library.followUps.run({ signal, breathe });
      return Infinity;
    },
  });

  return {
    start() {
      library.followUps.onNoted(() => loop.wake());
      loop.start();
    },
    close: () => loop.stop(),
  };
}
