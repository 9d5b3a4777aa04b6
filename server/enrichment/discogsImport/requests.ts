import { retryPause, type RetryPolicy } from '#shared/timing/retryPolicy.ts';
import { isUpstreamError, serviceErrorOf, UpstreamError } from '../../kit/http/upstreamError.ts';
import type { DiscogsClient, ListPage } from '../../upstreams/discogs/index.ts';
import type { ImportContext } from './importState.ts';

const PASSING_RETRIES = 5;
const AWAY_RETRY_SECONDS: RetryPolicy = { first: 5, longest: 25, growth: 'linear' };
/** How often a page that holds less than it counts, or counts otherwise than the one before, is asked for before it is accepted. */
const LOOKS = 3;

/** An import's requests to Discogs, each repeated while there is a point in it. */
export class ImportRequests {
  readonly #c: ImportContext;

  constructor(context: ImportContext) {
    this.#c = context;
  }

  /** A service that is away for a while does not end the run: it waits as long as it was asked to, and says so meanwhile. */
  async ask<T>(request: (client: DiscogsClient) => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const client = this.#c.client();
      if (!client) throw new Error('Discogs is no longer connected');
      try {
        const answer = await request(client);
        if (this.#c.run.state.lastError !== null) this.#c.run.save({ lastError: null, trouble: null });
        return answer;
      } catch (error) {
        if (!isUpstreamError(error) || !error.passing || attempt > PASSING_RETRIES) throw error;
        this.#c.run.save({ lastError: error.message, trouble: serviceErrorOf(error) });
        this.#c.run.notify();
        await this.#c.run.rest(error.retryAfterSeconds ?? retryPause(AWAY_RETRY_SECONDS, attempt), signal);
      }
    }
  }

  /** A page that is odd is asked for again, and taken as it is when that changes nothing. @param items how many the page before counted. */
  async askWhole<T extends ListPage>(
    request: (client: DiscogsClient) => Promise<T>,
    items: number | null,
    signal: AbortSignal,
  ): Promise<T> {
    const isOdd = (answer: T): boolean => answer.leftOut > 0 || answer.items !== (items ?? answer.items);
    let answer = await this.ask(request, signal);
    for (let looks = 1; isOdd(answer) && looks < LOOKS; looks += 1) {
      await this.#c.clock.sleep(retryPause(AWAY_RETRY_SECONDS, looks) * 1000, signal);
      answer = await this.ask(request, signal);
    }
    signal.throwIfAborted();
    return answer;
  }

  /** By a name alone only what is public is seen. */
  get isOwner(): boolean {
    return this.#c.client()?.authKind !== null;
  }
}

/**
 * A page of a list that holds something the pages before did not: a service that sends the same page for ever, and counts more pages
 * each time, would never be read to the end.
 *
 * @throws UpstreamError `malformed`, code `repeated`
 */
export function notRepeated<T extends ListPage>(
  answer: T,
  keysOf: (answer: T) => number[],
  known: ReadonlySet<number>,
): T {
  const keys = keysOf(answer);
  if (keys.length === 0 || keys.some((key) => !known.has(key))) return answer;
  throw new UpstreamError({
    upstream: 'Discogs',
    kind: 'malformed',
    code: 'repeated',
    message: `Discogs listed the same entries again on page ${answer.page}`,
  });
}
