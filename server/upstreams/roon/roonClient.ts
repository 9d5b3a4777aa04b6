import type { PlayOutcome, RoonStatus as AnsweredStatus } from '#shared/api/roon.ts';
import type { RetryPolicy } from '#shared/timing/retryPolicy.ts';
import type { Clock } from '#server/kit/clock.ts';
import type { SetAside } from '#server/kit/http/setAside.ts';
import type { Log } from '#server/kit/log.ts';
import type { DiscoveryOptions } from './discovery.ts';
import type { RoonImage } from './image.ts';
import type { ZonesReason } from './sessionContext.ts';
import type { RoonSettings } from './settings.ts';
import type { TokenStore } from './tokens.ts';
import type { RoonZone } from './schema.ts';

/**
 * `lost` means that a Core was there and is gone; before the first one it is `searching` (or `connecting`, with a
 * configured host). `waiting-for-approval` lasts until a person enables AIME in Roon → Settings → Extensions.
 */
export type RoonState = AnsweredStatus['state'];

/** How the connection is, with the zones as the Core names them. */
export interface RoonStatus extends Omit<AnsweredStatus, 'paired' | 'zones'> {
  /** Empty unless paired: what a lost Core plays is not known. */
  zones: RoonZone[];
}

export interface ZonesUpdate {
  /** Seconds since the epoch, with a fraction. */
  at: number;
  reason: ZonesReason;
  zones: RoonZone[];
}

export interface RoonTimings {
  pingMs: number;
  openTimeoutMs: number;
  requestTimeoutMs: number;
  approvalNoticeMs: number;
  /** Between two tries to find and reach a Core. */
  reconnectMs: RetryPolicy;
  settleMs: number;
  otherCoreAfterMs: number;
}

export const TIMINGS: RoonTimings = {
  pingMs: 10_000,
  openTimeoutMs: 10_000,
  requestTimeoutMs: 10_000,
  approvalNoticeMs: 3_000,
  // By chance shorter or longer, so that a home full of clients does not knock at a restarted Core in step.
  reconnectMs: { first: 1_000, longest: 60_000, jitter: 0.25 },
  settleMs: 1_500,
  otherCoreAfterMs: 300_000,
};

export interface RoonClientOptions {
  settings: RoonSettings;
  clock: Clock;
  tokens: TokenStore;
  log: Log;
  /** Ours, as Roon shows it beside the extension's name. */
  version: string;
  timings?: Partial<RoonTimings>;
  discovery?: Partial<DiscoveryOptions>;
  /** Called with zones that could not be read. */
  onSetAside?: (list: string, entries: SetAside[]) => void;
}

export interface RoonClient {
  /** Begins to search and connect, and goes on through every loss until `stop`. Harmless when running. */
  start(): void;
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>;
  status(): RoonStatus;
  /** Every word about zones, in order, positions each second included. @returns stops listening. */
  onZones(listener: (update: ZonesUpdate) => void): () => void;
  /** Called when state, Core or lastError changed; zones have their own listener. @returns stops listening. */
  onStatus(listener: (status: RoonStatus) => void): () => void;
  /** @throws UpstreamError also when no Core is paired. */
  image(key: string, size: { width: number; height: number }): Promise<RoonImage>;
  /** Plays an album now in a zone. @throws UpstreamError when the Core cannot be asked. */
  playInZone(request: { zoneId: string; artist: string; album: string }): Promise<PlayOutcome>;
}
