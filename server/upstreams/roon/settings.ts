/** Where the Core is, when it cannot be found by itself, and how often everything is asked again. */
export interface RoonSettings {
  /** Address of the machine that runs the Core. Without it the Core is searched on the local network. */
  host?: string | undefined;
  /** The Core's HTTP port. Without it the Core is asked, and 9330 taken when it does not say. */
  port?: number | undefined;
  /** Seconds between two reconciling polls. Default 120. */
  pollSeconds?: number | undefined;
}

export const DEFAULT_POLL_SECONDS = 120;
