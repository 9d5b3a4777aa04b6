import type { RoonStatus } from '#shared/api/roon.ts';
import type { Clock } from '#server/kit/clock.ts';
import type { SetAside } from '#server/kit/http/setAside.ts';
import type { Log } from '#server/kit/log.ts';
import type { RoonConnection } from './connection.ts';
import type { ProvidedServices } from './extension.ts';
import type { TokenStore } from './tokens.ts';
import type { RoonZone } from './schema.ts';

/** The Core as it names itself. */
export type RoonCore = NonNullable<RoonStatus['core']>;

/** Why zones are reported again. `lost`: the Core is gone and nothing is known until it is back. */
export type ZonesReason = 'subscribed' | 'changed' | 'seek' | 'polled' | 'lost';

export interface SessionEvents {
  /** The Core has named itself. */
  identified(core: RoonCore): void;
  /** Nothing more comes until a person enables AIME in Roon. */
  awaitingApproval(core: RoonCore): void;
  paired(core: RoonCore): void;
  zones(zones: RoonZone[], reason: ZonesReason): void;
}

export interface SessionOptions {
  connection: RoonConnection;
  services: ProvidedServices;
  events: SessionEvents;
  tokens: TokenStore;
  clock: Clock;
  log: Log;
  /** Ours, as the Core shows it. */
  version: string;
  requestTimeoutMs: number;
  /** How long a Core that approved us before may take to say so again. */
  approvalNoticeMs: number;
  pollMs: number;
  /** Called with zones that could not be read, whenever all zones are reported. */
  onSetAside?: ((list: string, entries: SetAside[]) => void) | undefined;
}
