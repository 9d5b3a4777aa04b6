import { ConnectionState } from './connectionState.ts';
import { ApiError, type ApiErrorKind } from './apiClient.ts';
import type { RetrySchedule } from './retry.ts';

/** What failed is this one request: whether others fare better, they find out by themselves. */
const ITS_OWN: readonly ApiErrorKind[] = [
  'internal',
  'not-found',
  'forbidden',
  'conflict',
  'bad-request',
  'too-large',
  'upstream',
];

/** The server is there and can be read; only writing has to wait. */
const UNWRITABLE = ['database-busy', 'disk-full', 'disk-failing'];

/** When one collection may try again: it waits out what concerns the whole server, and its own failures by itself. */
export class RetryState implements RetrySchedule {
  readonly #server: ConnectionState;
  readonly #own: ConnectionState;

  /** @param changed called when it begins or ceases to fail by itself. */
  constructor(server: ConnectionState, changed: () => void = () => undefined) {
    this.#server = server;
    this.#own = new ConnectionState(changed);
  }

  /** It failed last, while others may do well. */
  get failing(): boolean {
    return this.#own.connection !== 'connecting' && this.#own.connection !== 'online';
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
    const { kind, code = '' } = error instanceof ApiError ? error : { kind: 'network' as const };
    if (UNWRITABLE.includes(code)) {
      this.#server.succeeded();
      this.#own.failed(error);
    } else if (ITS_OWN.includes(kind)) this.#own.failed(error);
    else this.#server.failed(error);
  }
}
