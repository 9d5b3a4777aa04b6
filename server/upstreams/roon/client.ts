import type { PlayOutcome } from '#shared/api/roon.ts';
import { retryPause } from '#shared/timing/retryPolicy.ts';
import { BackgroundLoop } from '#server/kit/background/loop.ts';
import { isUpstreamError, type UpstreamError } from '#server/kit/http/upstreamError.ts';
import { problemOf } from '#server/kit/problemOf.ts';
import { playAlbum } from './browse.ts';
import { openConnection, type RoonConnection } from './connection.ts';
import { type DiscoveryOptions, searchCores } from './discovery.ts';
import { ProvidedServices } from './extension.ts';
import { roonFailure } from './failure.ts';
import { type RoonImage, RoonImages } from './image.ts';
import {
  type RoonClient,
  type RoonClientOptions,
  type RoonState,
  type RoonStatus,
  type RoonTimings,
  TIMINGS,
  type ZonesUpdate,
} from './roonClient.ts';
import { runSession } from './session.ts';
import type { RoonCore, SessionEvents, ZonesReason } from './sessionContext.ts';
import { findTarget, type RoonTarget } from './target.ts';
import type { RoonZone } from './schema.ts';
import { DEFAULT_POLL_SECONDS } from './settings.ts';

const WELL = { lastError: null, problem: null } as const;

/** A client of the household's Roon Core. */
export function createRoonClient(options: RoonClientOptions): RoonClient {
  return new Client(options);
}

class Client implements RoonClient {
  readonly #options: RoonClientOptions;
  readonly #timings: RoonTimings;
  readonly #discovery: DiscoveryOptions;
  readonly #images: RoonImages;
  /** One connection after the other, with pauses in between. */
  readonly #loop: BackgroundLoop;
  readonly #zonesListeners = new Set<(update: ZonesUpdate) => void>();
  readonly #statusListeners = new Set<(status: RoonStatus) => void>();
  #status: Omit<RoonStatus, 'running'> = { state: 'searching', core: null, zones: [], ...WELL };
  #paired: { connection: RoonConnection; target: RoonTarget } | null = null;
  #lostAt = -Infinity;
  /** How often it failed since it was last paired; that pairing's end is the first. */
  #failures = 0;
  /** The Core to look for first; it changes when another one is known to have approved us. */
  #preferredId: string | null = null;

  constructor(options: RoonClientOptions) {
    this.#options = options;
    this.#timings = { ...TIMINGS, ...options.timings };
    const { clock, log } = options;
    this.#images = new RoonImages(clock, options.version);
    this.#discovery = { clock, log, onScan: (scans) => this.#scanned(scans), ...options.discovery };
    this.#loop = new BackgroundLoop({ name: 'roon', clock, log, round: (signal) => this.#follow(signal) });
  }

  start(): void {
    if (this.#loop.isRunning) return;
    this.#failures = 0;
    this.#set({ state: this.#initialState(), ...WELL });
    this.#loop.start();
  }

  async stop(): Promise<void> {
    const wasRunning = this.#loop.isRunning;
    await this.#loop.stop();
    if (!wasRunning || this.#loop.isRunning) return;
    this.#set({ state: this.#initialState(), ...WELL });
  }

  status(): RoonStatus {
    return { running: this.#loop.isRunning, ...this.#status };
  }

  onZones(listener: (update: ZonesUpdate) => void): () => void {
    this.#zonesListeners.add(listener);
    return () => void this.#zonesListeners.delete(listener);
  }

  onStatus(listener: (status: RoonStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => void this.#statusListeners.delete(listener);
  }

  async image(key: string, size: { width: number; height: number }): Promise<RoonImage> {
    return this.#images.fetch(this.#pairedNow().target, key, size);
  }

  async playInZone(request: { zoneId: string; artist: string; album: string }): Promise<PlayOutcome> {
    const { connection } = this.#pairedNow();
    return playAlbum(
      {
        ask: (name, body) => connection.ask(name, body, this.#timings.requestTimeoutMs),
        onSetAside: this.#options.onSetAside,
      },
      request,
    );
  }

  /**
   * A connection from its beginning to its end, which is no failure of the loop: only a pairing lets the pauses start small again.
   * @returns milliseconds until the next.
   */
  async #follow(signal: AbortSignal): Promise<number> {
    const pairings = { count: 0 };
    const reason = await this.#connectOnce(pairings, signal).catch((error: unknown) =>
      signal.aborted ? null : this.#asFailure(error),
    );
    if (signal.aborted || reason === null) {
      this.#lose(null);
      return 0;
    }
    this.#failures = pairings.count > 0 ? 1 : this.#failures + 1;
    this.#options.log.warn('roon.lost', { reason: reason.message, failures: this.#failures });
    this.#lose(reason);
    return retryPause(this.#timings.reconnectMs, this.#failures);
  }

  /** @returns why the connection ended. @throws UpstreamError when there never was one. */
  async #connectOnce(pairings: { count: number }, signal: AbortSignal): Promise<UpstreamError> {
    const { settings, clock, tokens, log, version, onSetAside } = this.#options;
    const { settleMs, otherCoreAfterMs, openTimeoutMs, pingMs } = this.#timings;
    const othersFrom = this.#lostAt + otherCoreAfterMs;
    const choice = { settings, clock, tokens, preferredId: this.#preferredId, settleMs, othersFrom };
    const target = await findTarget({ ...choice, discovery: this.#discovery }, signal);
    // Until it answers, a Core that was lost stays lost: a status that flickers at every try informs nobody.
    if (this.#status.state !== 'lost') this.#set({ state: 'connecting' });
    const services = new ProvidedServices();
    const onRequest = services.answer.bind(services);
    const connection = await openConnection({ ...target, clock, log, openTimeoutMs, pingMs, onRequest }, signal);
    this.#set({ state: 'connecting' });
    const events = this.#sessionEvents(connection, target, pairings);
    const { pollSeconds = DEFAULT_POLL_SECONDS } = settings;
    const session = {
      connection,
      services,
      events,
      tokens,
      clock,
      log,
      version,
      pollMs: pollSeconds * 1000,
      onSetAside,
    };
    return runSession({ ...session, ...this.#timings });
  }

  #sessionEvents(connection: RoonConnection, target: RoonTarget, pairings: { count: number }): SessionEvents {
    const approved = new AbortController();
    const waiting = AbortSignal.any([approved.signal, connection.ending]);
    return {
      identified: (core) => this.#set({ core }),
      awaitingApproval: (core) => {
        this.#set({ state: 'waiting-for-approval', core, ...WELL });
        if (!this.#options.settings.host) void this.#watchForKnownCore(connection, core.id, waiting);
      },
      paired: (core) => {
        approved.abort();
        pairings.count += 1;
        this.#preferredId = core.id;
        this.#paired = { connection, target };
        this.#set({ state: 'paired', core, ...WELL });
      },
      zones: (zones, reason) => this.#notifyZones(zones, reason),
    };
  }

  /** While one Core waits for a person, another that has approved us before may come up: the paired one, restarted. */
  async #watchForKnownCore(connection: RoonConnection, waitingAt: string, waiting: AbortSignal): Promise<void> {
    const { tokens, log } = this.#options;
    const consider = async (id: string) => {
      if (id === waitingAt || !(await tokens.get(id)) || waiting.aborted) return;
      this.#preferredId = id;
      connection.close('Another Roon Core already knows AIME; going there');
    };
    const failed = (error: unknown) => log.warn('roon.search.failed', { error });
    await searchCores(this.#discovery, (core) => void consider(core.id).catch(failed), waiting).catch(failed);
  }

  #lose(reason: UpstreamError | null): void {
    if (this.#paired) this.#lostAt = this.#options.clock.elapsed();
    const wasPaired = this.#paired !== null;
    this.#paired = null;
    if (wasPaired) this.#notifyZones([], 'lost');
    if (!reason) return;
    this.#set({
      state: this.#status.core ? 'lost' : this.#initialState(),
      lastError: reason.message,
      problem: problemOf(reason),
    });
  }

  #notifyZones(zones: RoonZone[], reason: ZonesReason): void {
    this.#status = { ...this.#status, zones };
    const update = { at: this.#options.clock.now() / 1000, reason, zones };
    for (const listener of this.#zonesListeners) this.#notify(() => listener(update));
  }

  #set(change: Partial<Omit<RoonStatus, 'running'>>): void {
    const before = this.#status;
    this.#status = { ...before, ...change };
    const { state, core, lastError } = this.#status;
    if (state === before.state && lastError === before.lastError && isSameCore(core, before.core)) return;
    for (const listener of this.#statusListeners) this.#notify(() => listener(this.status()));
  }

  /** A listener that fails must not cost the connection. */
  #notify(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#options.log.error('roon.listener.failed', { error });
    }
  }

  #scanned(scans: number): void {
    if (scans < 3 || this.#status.state !== 'searching') return;
    this.#set({
      problem: { code: 'roon-not-found' },
      lastError:
        'No Roon Core answers on this network. Is it switched on and on the same network? ' +
        'In a container use host networking, or set ROON_HOST and ROON_PORT.',
    });
  }

  #asFailure(error: unknown): UpstreamError {
    if (isUpstreamError(error)) return error;
    this.#options.log.error('roon.client.failed', { error });
    return roonFailure('broken', 'AIME failed to reach Roon; trying again', error);
  }

  #pairedNow(): { connection: RoonConnection; target: RoonTarget } {
    if (!this.#paired) throw roonFailure('unreachable', 'No Roon Core is connected');
    return this.#paired;
  }

  #initialState(): RoonState {
    return this.#options.settings.host ? 'connecting' : 'searching';
  }
}

const isSameCore = (a: RoonCore | null, b: RoonCore | null) => JSON.stringify(a) === JSON.stringify(b);
