import { Outage } from './outage.ts';
import { ApiError, type ApiErrorKind } from './wire.ts';

/** The server answered, and will answer others: what failed is this one request. */
const ITS_OWN: readonly ApiErrorKind[] = ['internal', 'not-found', 'forbidden', 'conflict', 'bad-request', 'too-large', 'upstream'];

/** The server is there and can be read; only writing has to wait. */
const UNWRITABLE = ['database-busy', 'disk-full', 'disk-failing'];

const isItsOwn = ({ kind, code }: ApiError): boolean => ITS_OWN.includes(kind) || (code !== undefined && UNWRITABLE.includes(code));

/** When one collection may try again: it waits out what concerns the whole server, and its own failures by itself. */
export class Attempts {
  readonly #server: Outage;
  readonly #own = new Outage(() => undefined);

  constructor(server: Outage) {
    this.#server = server;
  }

  async due(signal: AbortSignal): Promise<void> {
    await this.#own.due(signal);
    await this.#server.due(signal);
  }

  succeeded(): void {
    this.#own.succeeded();
    this.#server.succeeded();
  }

  failed(error: unknown): void {
    if (error instanceof ApiError && isItsOwn(error)) {
      this.#server.succeeded();
      this.#own.failed(error);
    } else this.#server.failed(error);
  }
}
