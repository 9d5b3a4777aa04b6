import type { Workbox } from 'workbox-window';
import { readStored } from '../stored.ts';
import { InstallHistory, isGoodMoment, NO_HISTORY, visited } from './goodMoment.ts';
import type { Pwa } from './types.ts';

/** Chromium's own; not in TypeScript's library. https://developer.mozilla.org/docs/Web/API/BeforeInstallPromptEvent */
interface InstallPromptEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

const HISTORY = 'aime.install';
/** Milliseconds between two looks for a new version while the app stays open. */
const LOOK_FOR_UPDATE = 60 * 60_000;
/** And while none could be kept yet: what answers may be the login page of a Wi-Fi. */
const LOOK_AGAIN = 5 * 60_000;
const LOOK_FOR_MOMENT = 60_000;

export class PwaState implements Pwa {
  #online = $state(true);
  #waiting = $state(false);
  #postponed = $state(false);
  #installed = $state(false);
  #goodMoment = $state(false);
  #prompt = $state.raw<InstallPromptEvent | undefined>();
  #workbox: Workbox | undefined;
  #started = false;
  /** The person, or a server that no longer speaks with this version, asked for the new one. */
  #wanted = false;
  #keepers: readonly (() => void | Promise<void>)[] = [];

  get online(): boolean {
    return this.#online;
  }

  get updateWaiting(): boolean {
    return this.#waiting && !this.#postponed;
  }

  get installable(): boolean {
    return this.#prompt !== undefined && this.#goodMoment && !this.#installed;
  }

  get installed(): boolean {
    return this.#installed;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#online = navigator.onLine;
    addEventListener('online', () => (this.#online = true));
    addEventListener('offline', () => (this.#online = false));
    this.#installed = matchMedia('(display-mode: standalone)').matches;
    this.#watchForInstall();
    if ('serviceWorker' in navigator) this.#register().catch(reportError);
  }

  async update(): Promise<void> {
    for (const keep of this.#keepers) await keep();
    const workbox = this.#workbox;
    // Without a service worker (plain HTTP) the server's own page is the newest version.
    if (!workbox) return location.reload();
    workbox.addEventListener('controlling', () => location.reload());
    this.#wanted = true;
    if (this.#waiting) workbox.messageSkipWaiting();
    else await workbox.update();
  }

  postponeUpdate(): void {
    this.#postponed = true;
  }

  async install(): Promise<boolean> {
    const prompt = this.#prompt;
    if (!prompt) return false;
    // A prompt can be shown once.
    this.#prompt = undefined;
    const { outcome } = await prompt.prompt();
    if (outcome === 'dismissed') this.declineInstall();
    return outcome === 'accepted';
  }

  declineInstall(): void {
    this.#goodMoment = false;
    writeHistory({ ...readHistory(), declinedAt: Date.now() });
  }

  keepTyped(keep: () => void | Promise<void>): () => void {
    this.#keepers = [...this.#keepers, keep];
    return () => {
      this.#keepers = this.#keepers.filter((each) => each !== keep);
    };
  }

  async #register(): Promise<void> {
    const { Workbox } = await import('workbox-window');
    // While developing, Vite serves the worker as a module from its source.
    const workbox = new Workbox('/service-worker.js', { type: import.meta.env.DEV ? 'module' : 'classic' });
    this.#workbox = workbox;
    workbox.addEventListener('waiting', () => {
      this.#waiting = true;
      if (this.#wanted) workbox.messageSkipWaiting();
    });
    const look = async (): Promise<void> => {
      // A first installation that came to nothing is not registered any more.
      if ((await navigator.serviceWorker.getRegistration()) === undefined) await workbox.register();
      else await workbox.update();
    };
    let timer: ReturnType<typeof setTimeout>;
    const lookLater = (): void => {
      timer = setTimeout(lookNow, navigator.serviceWorker.controller === null ? LOOK_AGAIN : LOOK_FOR_UPDATE);
    };
    const lookNow = (): void => {
      clearTimeout(timer);
      if (navigator.onLine) look().catch(reportError).finally(lookLater);
      else lookLater();
    };
    addEventListener('online', lookNow);
    lookLater();
    await workbox.register();
  }

  #watchForInstall(): void {
    const openedAt = Date.now();
    writeHistory(visited(readHistory(), openedAt));
    const look = (): void => {
      this.#goodMoment = isGoodMoment(readHistory(), openedAt, Date.now());
    };
    look();
    setInterval(look, LOOK_FOR_MOMENT);
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.#prompt = event as InstallPromptEvent;
    });
    addEventListener('appinstalled', () => {
      this.#installed = true;
      this.#prompt = undefined;
    });
  }
}

function readHistory(): InstallHistory {
  try {
    return readStored(InstallHistory, localStorage.getItem(HISTORY)) ?? NO_HISTORY;
  } catch (error) {
    // A private window that refuses storage is never asked to install.
    if (!(error instanceof DOMException)) throw error;
    return { days: [], declinedAt: Date.now() };
  }
}

function writeHistory(history: InstallHistory): void {
  try {
    localStorage.setItem(HISTORY, JSON.stringify(history));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
