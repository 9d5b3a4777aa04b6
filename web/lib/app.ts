import { createLibrary } from './library/createLibrary.ts';
import { provideLibrary } from './library/index.ts';
import { underWebLock } from './library/outbox/drain.ts';
import { RuneSignal } from './library/signal.svelte.ts';

/** The app's composition root: makes what lives as long as the page, and hands it to whatever shows it. Called once, before anything is shown. */
export function startApp(): void {
  const library = createLibrary({
    storage: deviceStorage(),
    onStorage: (listener) => addEventListener('storage', ({ key }) => listener(key)),
    onWake: watchForWaking,
    openReplica: async (metadata) => (await import('./replica/index.ts')).openReplica({ metadata }),
    exclusively: underWebLock('aime.outbox'),
    searchWorker: () => new Worker(new URL('./library/search/worker.ts', import.meta.url), { type: 'module' }),
    signal: () => new RuneSignal(),
    failed: (error) => reportError(error),
  });
  provideLibrary(library);
  library.begin();
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
