import type { HealthParts } from '#shared/api/health.ts';
import type { ServiceState } from '#shared/library/household.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import type { Config } from '../config.ts';
import type { Hub } from '../events/hub.ts';
import type { Family } from '../kit/meters/exposition.ts';
import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import type { Library } from '../library/api/library.ts';
import type { NowPlayingBoard } from '../trackers/nowPlayingBoard.ts';
import type { ServiceBoard } from './serviceBoard.ts';

/** What takes an entry of a list of a service: it says whether it could read it and recorded what it says. */
export type SetAsideReaders = Partial<Record<ServiceState['id'], Record<string, (raw: unknown) => boolean>>>;

/** What every module is built from. */
export interface ModuleContext {
  config: Config;
  library: Library;
  hub: Hub;
  nowPlaying: NowPlayingBoard;
  services: ServiceBoard;
  clock: Clock;
  log: Log;
}

/**
 * A module of the server: its work between `start` and `close`. `start` returns at once and never throws for what
 * an upstream does; `close` lets running work reach a safe point.
 */
export interface Module {
  start(): void;
  close(): Promise<void>;
  /** What a device that just connected should know. */
  greeting?(): StreamEvent[];
  /** What Prometheus reads of it. */
  gauges?(): readonly Family[];
  /** What `GET /health` says of it. */
  health?(): HealthParts | Promise<HealthParts>;
  /** The clock on the wall was set by so many milliseconds: what was planned by it is planned anew. */
  clockSet?(byMs: number): void;
  /** A person wants a service of this module asked at once, whatever pause it wanted. */
  tryNow?(service: ServiceState['id']): void;
  /** A person says that what a list of the service no longer holds may go from here too. */
  removeWithheld?(service: ServiceState['id']): void;
  /**
   * What takes entries that were set aside. Lists that are missing are read anew anyway, or have nothing to record.
   */
  readers?: SetAsideReaders;
}
