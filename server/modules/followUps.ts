import { supervise } from '../kit/background/supervisor.ts';
import { turn } from '../kit/turns.ts';
import type { ModuleContext, Module } from './module.ts';

/** Does, a slice at a time, what follows from changes: at a start what was left, and from then on whatever is noted. */
export function createFollowUpsModule({
  library,
  clock,
  log,
}: Pick<ModuleContext, 'library' | 'clock' | 'log'>): Module {
  const stop = new AbortController();
  const { signal } = stop;
  let running: Promise<void> = Promise.resolve();
  let isAsked = false;

  const breathe = async () => {
    await turn();
    await library.availability.writable({ patienceMs: Infinity, signal });
  };
  const run = async () => {
    isAsked = false;
    await breathe();
    await library.followUps.run({ signal, breathe });
  };
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    running = running.then(() => supervise('follow-ups', run, { clock, log, signal }));
  };

  return {
    start() {
      library.followUps.onNoted(ask);
      ask();
    },
    async close() {
      stop.abort(new Error('The server is stopping'));
      await running;
    },
  };
}
