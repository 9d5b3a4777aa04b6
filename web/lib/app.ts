import { createLibrary, type Library } from './library/createLibrary.ts';
import { underWebLock } from './library/outbox/drain.ts';
import { RuneSignal } from './library/signal.svelte.ts';

let library: Library | undefined;

/**
 * The app's composition root: makes what lives as long as the page, the first time it is called. The root layout hands it to
 * whatever shows it.
 */
export const startApp = (): Library => (library ??= begun());

function begun(): Library {
  const made = createLibrary({
    storage: deviceStorage(),
    onStorage: (listener) => addEventListener('storage', ({ key }) => listener(key)),
    onWake: watchForWaking,
    openReplica: async (metadata) => (await import('./replica/index.ts')).openReplica({ metadata }),
    exclusively: underWebLock('aime.outbox'),
    searchWorker: () => new Worker(new URL('./library/search/worker.ts', import.meta.url), { type: 'module' }),
    signal: () => new RuneSignal(),
    failed: (error) => reportError(error),
  });
  made.begin();
  return made;
}

/** Undefined where the browser refuses. */
function deviceStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** A page hidden for longer may have slept: its connection may be dead without having said so. */
const A_NAP = 20_000;

function watchForWaking(wake: () => void): void {
  let hiddenAt: number | undefined;
  addEventListener('online', wake);
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) wake();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') hiddenAt = Date.now();
    else if (hiddenAt !== undefined && Date.now() - hiddenAt > A_NAP) wake();
  });
}
