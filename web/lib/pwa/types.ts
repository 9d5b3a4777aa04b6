import type { InstallWay } from './installWay.ts';
import type { ShellFacts } from './offline.ts';

/** Installing, updating and being online, as runes. */
export interface Pwa {
  /** False when the browser knows there is no network; true says nothing about the server. */
  readonly online: boolean;
  /** A new version waits; show the prompt. */
  readonly updateWaiting: boolean;
  /** The app's own files on this device. */
  readonly shell: ShellFacts;
  /** The browser would install the app and now is a good moment to say so unasked (used on several days or for a while, not dismissed lately). */
  readonly offersInstall: boolean;
  /** How the app can be installed here, for whoever looks for it. */
  readonly installWay: InstallWay;
  /** Registers the service worker where the context allows one. */
  start(): void;
  /** Tries again to keep the app's files here: registers the worker, or fetches what is missing. */
  keepAgain(): Promise<void>;
  /**
   * Takes the new version: asks every `keepTyped` callback first, then reloads once the new worker is in charge. When none waits
   * (the server calls this one outdated) it is looked for.
   */
  update(): Promise<void>;
  /** Later: the prompt comes back at the next start. */
  postponeUpdate(): void;
  /** @returns true when the person accepted. */
  install(): Promise<boolean>;
  declineInstall(): void;
  /** Calls `keep` before the page reloads for an update, to put what is typed into sessionStorage. @returns unregisters. */
  keepTyped(keep: () => void | Promise<void>): () => void;
}
