/** `offline`: everything on this device works, the server does not answer. `localhost-only`: it does not answer to this page's address. */
export type SessionState =
  'opening' | 'first-sync' | 'ready' | 'offline' | 'needs-token' | 'localhost-only' | 'outdated' | 'error';

/** Why something is limited or failed, as keys of the translations. */
export type SessionReason =
  | 'storage-unavailable' // private window: in memory only, gone with the tab
  | 'quota-exceeded' // the browser gives no more room
  | 'storage-lost' // the browser has deleted the replica under the open page; a new page fetches it again
  | 'replica-failed'; // the replica could not be opened, or not any more; a new page may, and `reset` helps

export interface DeviceStorage {
  /** Bytes; null where the browser does not say. */
  used: number | null;
  quota: number | null;
  /** The browser promised not to evict it; null where it cannot promise. */
  persisted: boolean | null;
}

export interface Session {
  readonly state: SessionState;
  /** The worst of what limits this device, or null. */
  readonly reason: SessionReason | null;
  /** This device's UUID. */
  readonly deviceId: string;
  /** Which library this device follows; '' where the server never said. */
  readonly libraryId: string;
  /** What this device holds outlives the window; null until the replica is open. */
  readonly isPersisted: boolean | null;
  /** Opens the replica and starts replicating. Resolves when the first rows can be shown. Calling again changes nothing. */
  start(): Promise<void>;
  /** @returns false when the server refuses the token. */
  signIn(token: string): Promise<boolean>;
  signOut(): Promise<void>;
  storage(): Promise<DeviceStorage>;
  /** Asks the browser to keep the replica. @returns its answer. */
  persist(): Promise<boolean>;
  /** Erases this device's replica (not the server's library) and reloads the page. Unsent changes are sent first where possible. */
  reset(): Promise<void>;
}
