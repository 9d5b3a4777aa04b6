import type { LookupId, UpstreamId } from '#shared/upstreams/registry.ts';
import type { EnrichmentTask } from '../../../enrichment/task.ts';
import { VERSION } from '../../../version.ts';
import type { ModuleContext } from '../../module.ts';
import type { ReportedState } from '../../serviceBoard.ts';
import type { AskedService } from '../../serviceStatus.ts';
import { setAsideSink } from '../../setAsideSink.ts';
import { connected } from './connected.ts';

/** A service that is only asked to fill gaps. Discogs is not: its client is made where the collection is imported. */
export type OnlyLookupId = Exclude<LookupId, 'discogs'>;

/** What every client is created with besides its own settings. */
export const clientOptions = ({ library, clock }: ModuleContext, id: UpstreamId) => ({
  clock,
  userAgent: `AIME/${VERSION}`,
  onSetAside: setAsideSink(library, id),
});

/** What is particular to one such service. */
interface LookupDefinition<Client> {
  id: OnlyLookupId;
  /** With the settings as they are; null where it is not connected. */
  createClient(options: ReturnType<typeof clientOptions>): Client | null;
  /** Whether gaps are looked up there by themselves; without it, wherever it is connected. */
  isWanted?(): boolean;
  /** @param client throws UpstreamError where it is not connected. */
  tasks(client: () => Client): EnrichmentTask[];
  /** What its card shows. */
  state(worker: AskedService): ReportedState;
}

/** A service that is only asked to fill gaps: its client, what it is asked, and how it is. */
export class Lookup<Client = { blockedUntil: number }> {
  readonly id: OnlyLookupId;
  readonly tasks: readonly EnrichmentTask[];
  readonly #context: ModuleContext;
  readonly #definition: LookupDefinition<Client>;
  #client: Client | null = null;

  constructor(context: ModuleContext, definition: LookupDefinition<Client>) {
    this.#context = context;
    this.#definition = definition;
    this.id = definition.id;
    this.tasks = definition.tasks(() => connected(this.#client, this.id));
  }

  /** For the settings as they were at the last `connect`; null where it is not connected. */
  get client(): Client | null {
    return this.#client;
  }

  /** Makes the client anew, with the settings as they are. */
  connect(): void {
    this.#client = this.#definition.createClient(clientOptions(this.#context, this.id));
  }

  /** Whether its part of the queue is worked off. */
  isReady(): boolean {
    return this.#client !== null && (this.#definition.isWanted?.() ?? true);
  }

  state(worker: AskedService): ReportedState {
    return this.#definition.state(worker);
  }
}
