import type { Workbox } from 'workbox-window';
import { readStored } from '../stored.ts';
import { InstallHistory, isGoodMoment, NO_HISTORY, visited } from './goodMoment.ts';
import { installWay, isAppleHandheld, type InstallWay } from './installWay.ts';
import { Shell } from './shell.svelte.ts';
import type { Pwa } from './types.ts';

const HISTORY = 'aime.install';
/** Milliseconds between two looks for a new version while the app stays open. */
const LOOK_FOR_UPDATE = 60 * 60_000;
/** And while none could be stored yet: what answers may be the login page of a Wi-Fi. */
const LOOK_AGAIN = 5 * 60_000;
const LOOK_FOR_MOMENT = 60_000;

/** Installing the app, the update of its service worker, and whether the device is online. */
export class PwaState implements Pwa {
  readonly shell = new Shell();
  #online = $state(true);
  #waiting = $state(false);
  #postponed = $state(false);
  #installed = $state(false);
  #goodMoment = $state(false);
  #prompt = $state.raw<BeforeInstallPromptEvent | undefined>();
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

  get offersInstall(): boolean {
    return this.installWay === 'prompt' && this.#goodMoment;
  }

  get installWay(): InstallWay {
    return installWay({
      installed: this.#installed,
      prompt: this.#prompt !== undefined,
      secure: isSecureContext,
      apple: isAppleHandheld(navigator),
    });
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#online = navigator.onLine;
    addEventListener('online', () => (this.#online = true));
    addEventListener('offline', () => (this.#online = false));
    this.#installed = isInstalledWindow();
    this.#watchForInstall();
    this.shell.watch();
    if (this.shell.workers) void this.#tryToKeep(() => this.#register());
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

  async keepAgain(): Promise<void> {
    if (this.shell.controlled) await this.shell.count();
    else if (this.shell.refusal !== null) await this.#tryToKeep(() => this.#look());
  }

  /** Registering, or looking for a new version: what it is refused with is shown where it matters. */
  async #tryToKeep(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.shell.follow(await navigator.serviceWorker.getRegistration());
    } catch (error) {
      // That the server does not answer is no fault of anyone's here; it is looked for again.
      if (this.shell.refused(error) !== 'unreachable') reportError(error);
    }
  }

  async #look(): Promise<void> {
    // A first installation that came to nothing is not registered any more.
    if ((await navigator.serviceWorker.getRegistration()) === undefined) await this.#workbox?.register();
    else await this.#workbox?.update();
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
    let timer: ReturnType<typeof setTimeout>;
    const lookLater = (): void => {
      timer = setTimeout(lookNow, navigator.serviceWorker.controller === null ? LOOK_AGAIN : LOOK_FOR_UPDATE);
    };
    const lookNow = (): void => {
      clearTimeout(timer);
      if (navigator.onLine) void this.#tryToKeep(() => this.#look()).finally(lookLater);
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
    // The browser may have offered it before the app was there; the page's head has kept it then.
    this.#prompt = window.aimeInstallPrompt;
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.#prompt = event;
    });
    addEventListener('appinstalled', () => {
      this.#installed = true;
      this.#prompt = undefined;
    });
  }
}

/** Opened from the home screen or as a window of its own; Safari on a handheld says so in its own way. */
const isInstalledWindow = (): boolean =>
  matchMedia('(display-mode: standalone), (display-mode: minimal-ui)').matches ||
  (navigator as { standalone?: boolean }).standalone === true;

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
