import type { DailyCap } from '#server/kit/dailyCap.ts';
import { isUpstreamError, UpstreamError } from '#server/kit/http/upstreamError.ts';
import type { EuriaClient } from './client.ts';
import { ModelUnknownError } from './errorMapping.ts';
import { EURIA } from './settings.ts';

/** Who caused a request: a person, who waits for it, or the server itself, with nobody waiting. Each has a daily budget of its own. */
export type EuriaShare = 'asked' | 'own';

export interface EuriaAccessOptions {
  /** Null while it is not connected. */
  client: () => EuriaClient | null;
  shares: Readonly<Record<EuriaShare, DailyCap>>;
  /** Something about its state may be another. */
  onChange: () => void;
  /** It answered, after it had not. */
  onWellAgain: () => void;
}

/** It answered: what was wrong is about one text, not about the service. */
const ABOUT_ONE_TEXT: readonly unknown[] = ['declined', 'withheld', 'no-text'];
/** It was not asked, or would not be: no text is written, nor paid for. */
const UNASKED: readonly UpstreamError['kind'][] = ['refused', 'rate-limited', 'resting'];

/** The one way to ask EurIA for a text: within the share of the day, with what came of it remembered. */
export class EuriaAccess {
  readonly #o: EuriaAccessOptions;
  #asking = 0;
  #last: 'well' | UpstreamError | null = null;

  constructor(options: EuriaAccessOptions) {
    this.#o = options;
  }

  get client(): EuriaClient | null {
    return this.#o.client();
  }

  get isAsking(): boolean {
    return this.#asking > 0;
  }

  /** The result of the last conclusive request; null when there was none since the start, or since `forget`. */
  get last(): 'well' | UpstreamError | null {
    return this.#last;
  }

  share(of: EuriaShare): DailyCap {
    return this.#o.shares[of];
  }

  /**
   * Counts against the daily budget, where it is really asked. The pause that we take after failures, the server's own requests too, does not
   * keep a person who asks now; one that the service wants does.
   *
   * @throws UpstreamError
   */
  async ask<T>(share: EuriaShare, request: (client: EuriaClient) => Promise<T>): Promise<T> {
    const { client, onChange } = this.#o;
    const euria = client();
    if (!euria)
      throw new UpstreamError({
        upstream: EURIA,
        kind: 'refused',
        code: 'not-configured',
        message: 'EurIA is not connected: enter its address in Settings',
      });
    const refund = this.share(share).take();
    if (share === 'asked' && euria.blockedUntil === 0) euria.blockedUntil = 0;
    this.#asking += 1;
    onChange();
    try {
      const answer = await request(euria);
      this.#heard('well');
      return answer;
    } catch (error) {
      const explainedError = explained(error);
      if (isUpstreamError(explainedError) && UNASKED.includes(explainedError.kind)) triedTo(refund);
      if (isUpstreamError(explainedError) && explainedError.kind !== 'cancelled')
        this.#heard(ABOUT_ONE_TEXT.includes(explainedError.code) ? 'well' : explainedError);
      throw explainedError;
    } finally {
      this.#asking -= 1;
      onChange();
    }
  }

  /**
   * A person had it asked for its models, which writes nothing. That it has the one that is set ends what was wrong, but for an unpaid bill;
   * that it lists none where it is asked is no word against a service that wrote before.
   *
   * @param outcome whether it has the model that is set, or what was wrong.
   */
  heard(outcome: 'has-model' | 'lacks-model' | UpstreamError): void {
    const wrong = this.#last === null || this.#last === 'well' ? null : this.#last;
    if (isUpstreamError(outcome)) {
      if (outcome.kind !== 'bad-request' || this.#last !== 'well') this.#heard(outcome);
    } else if (
      wrong?.code !== 'no-credit' &&
      (outcome === 'has-model' || (wrong !== null && wrong.code !== 'model-unknown'))
    ) {
      this.#heard(outcome === 'has-model' ? 'well' : null);
    }
    this.#o.onChange();
  }

  /** What was wrong before may be right now. */
  forget(): void {
    this.#last = null;
  }

  #heard(now: 'well' | UpstreamError | null): void {
    const before = this.#last;
    this.#last = now;
    if (!isUpstreamError(now) && before !== null && before !== 'well') this.#o.onWellAgain();
  }
}

/** Where the library cannot be written to, it stays counted: what EurIA said must be reported. */
function triedTo(refund: () => void): void {
  try {
    refund();
  } catch {
    // Said above.
  }
}

/** A model that is not there is for a person to see to: reported with the names of those that are. */
function explained(error: unknown): unknown {
  if (!(error instanceof ModelUnknownError)) return error;
  const offered = error.allowedModels.length > 0 ? ` It offers: ${error.allowedModels.join(', ')}.` : '';
  return new UpstreamError({
    upstream: EURIA,
    kind: 'refused',
    code: 'model-unknown',
    values: { model: error.model },
    message: `${error.message}.${offered} Choose one in Settings.`,
    cause: error,
  });
}
