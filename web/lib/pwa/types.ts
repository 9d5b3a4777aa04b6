/** Installing, updating and being online, as runes. */
export interface Pwa {
  /** False when the browser knows there is no network; true says nothing about the server. */
  readonly online: boolean;
  /** A new version waits; show the prompt. */
  readonly updateWaiting: boolean;
  /** The browser would install the app and now is a good moment (used on several days or for a while, not dismissed lately). */
  readonly installable: boolean;
  /** Running as an installed app. */
  readonly installed: boolean;
  /** Registers the service worker where the context allows one. */
  start(): void;
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
