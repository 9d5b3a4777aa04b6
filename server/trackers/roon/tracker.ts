import type { PlayOutcome, RoonStatus } from '#shared/api/roon.ts';
import type { Log } from '../../kit/log.ts';
import type { Library } from '../../library/api/library.ts';
import type { RoonClient, RoonImage, ZonesUpdate } from '../../upstreams/roon/index.ts';
import type { NowPlayingBoard } from '../nowPlayingBoard.ts';
import {
  createListeningRule,
  type ListeningOptions,
  type ListeningRule,
  zonePolicy,
  type ZonePolicy,
} from '../roonListening/index.ts';
import { ListeningJournal } from './listeningJournal.ts';
import { lastingZones, nowPlayingIn, placeOf, shownZone } from './zonesShown.ts';

export interface RoonTrackerOptions {
  library: Library;
  board: NowPlayingBoard;
  log: Log;
  /** A client for the settings as they are now, not yet started. */
  connect: () => RoonClient;
  /** Whether it runs where nobody has chosen: without a configured Core the search would only make noise. */
  runsByItself: () => boolean;
  /** Radio, zones left out, other names of zones: as they are now. */
  listening: () => ListeningOptions;
  onStatus: (status: RoonStatus) => void;
}

const SERVICE = 'roon-tracker';

/** Follows the household's Roon Core: listens as they are earned, and what plays in each zone. */
export class RoonTracker {
  readonly #o: RoonTrackerOptions;
  readonly #journal: ListeningJournal;
  #rule!: ListeningRule;
  #policy!: ZonePolicy;
  #client: RoonClient | null = null;
  /** The former client's end; two never run at once. */
  #ending: Promise<void> = Promise.resolve();
  #last: ZonesUpdate | null = null;
  #lastCoreId: string | null = null;
  #places = new Set<string>();
  #writeError: string | null = null;

  constructor(options: RoonTrackerOptions) {
    this.#o = options;
    this.#journal = new ListeningJournal({
      library: options.library,
      log: options.log,
      rule: () => this.#rule,
      coreId: () => this.#lastCoreId,
    });
    this.#readListening();
  }

  get running(): boolean {
    return this.#client !== null;
  }

  /** Whether a person ever said that it should run, or not to. */
  get chosen(): boolean | undefined {
    return this.#o.library.states.get<{ running: boolean }>(SERVICE)?.running;
  }

  status(): RoonStatus {
    const clientStatus = this.#client?.status();
    return {
      running: this.running,
      state: clientStatus?.state ?? 'searching',
      paired: clientStatus?.state === 'paired',
      core: clientStatus?.core ?? null,
      zones: (clientStatus?.zones ?? []).map((zone) => shownZone(zone, this.#policy)),
      lastError: clientStatus?.lastError ?? this.#writeError,
      problem: clientStatus?.problem ?? (this.#writeError === null ? null : { code: 'plays-not-written' }),
    };
  }

  /** Runs as chosen, else as configured. To be called at start and when settings change. */
  resume(): void {
    if (this.chosen ?? this.#o.runsByItself()) this.#begin();
    else void this.#halt();
    this.#announce();
  }

  /** A person's choice; it survives a restart. */
  start(): void {
    this.#o.library.states.set(SERVICE, { running: true });
    this.resume();
  }

  async stop(): Promise<void> {
    this.#o.library.states.set(SERVICE, { running: false });
    await this.#halt();
    this.#announce();
  }

  /** Another Core, or another way to it. */
  reconnect(): void {
    void this.#halt();
    this.resume();
  }

  /** Other names, other zones left out, radio or not: from now on, without losing the connection. */
  relisten(): void {
    this.#readListening();
    if (this.#last && this.#last.reason !== 'lost') this.#showZones({ ...this.#last, reason: 'changed' });
  }

  /** For the end of the process: the choice stays as it is. */
  close(): Promise<void> {
    return this.#halt();
  }

  /** @throws UpstreamError when no Core is paired or the picture cannot be had. */
  image(coreId: string, key: string, side: number): Promise<RoonImage> | null {
    const core = this.#client?.status().core;
    return core?.id === coreId ? this.#client!.image(key, { width: side, height: side }) : null;
  }

  /** @throws UpstreamError when the Core cannot be asked. */
  async play(request: { zoneId: string; artist: string; album: string }): Promise<PlayOutcome> {
    if (!this.#client) return { found: false, reason: 'Roon is not being followed' };
    return this.#client.playInZone(request);
  }

  #begin(): void {
    if (this.#client) return;
    const client = this.#o.connect();
    this.#client = client;
    client.onZones((update) => this.#hear(client, update));
    client.onStatus(() => this.#announce());
    void this.#ending.then(() => {
      if (this.#client === client) client.start();
    });
  }

  #halt(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    if (client) this.#ending = this.#ending.then(() => client.stop());
    return this.#ending;
  }

  #hear(client: RoonClient, update: ZonesUpdate): void {
    this.#lastCoreId = client.status().core?.id ?? this.#lastCoreId;
    const { reason, at, zones } = update;
    const writeError = this.#journal.hear(reason === 'lost' ? { type: 'lost', at } : { type: 'zones', at, zones });
    this.#last = update;
    this.#showZones(update);
    if (writeError === this.#writeError) return;
    this.#writeError = writeError;
    this.#announce();
  }

  /** A page reckons a moving position by itself, and the board passes on only what it could not know. */
  #showZones({ reason, at, zones }: ZonesUpdate): void {
    const { board, library } = this.#o;
    const heard = new Set(zones.map(({ id }) => placeOf(id)));
    const gone = [...this.#places].filter((place) => !heard.has(place)).map((place) => [place, null] as const);
    this.#places = heard;
    board.showAll([...gone, ...zones.map((zone) => [placeOf(zone.id), nowPlayingIn(zone, this.#policy, at)] as const)]);
    // A Core that is gone has taken nothing away.
    if (reason !== 'seek' && reason !== 'lost') library.household.note({ zones: lastingZones(zones, this.#policy) });
  }

  #readListening(): void {
    const options = this.#o.listening();
    this.#rule = createListeningRule(options);
    this.#policy = zonePolicy(options);
  }

  #announce(): void {
    this.#o.onStatus(this.status());
  }
}
