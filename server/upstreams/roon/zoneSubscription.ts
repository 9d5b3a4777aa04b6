import { asideOf, settingAside } from '#server/kit/http/setAside.ts';
import { cut } from '#shared/text/cut.ts';
import type { RoonAnswer } from './connection.ts';
import { TRANSPORT } from './extension.ts';
import { roonFailure } from './failure.ts';
import type { SessionOptions } from './sessionContext.ts';
import { readZones, readZonesMessage } from './schema.ts';
import { ZoneBoard } from './zoneBoard.ts';

type Options = Pick<SessionOptions, 'connection' | 'events' | 'requestTimeoutMs' | 'log' | 'onSetAside'>;

/** Roon pushes every change of its zones; a poll finds out when it stopped to. */
export class ZoneSubscription {
  readonly #options: Options;
  readonly #board = new ZoneBoard();
  #key = 0;
  #forget: () => void = () => {};

  constructor(options: Options) {
    this.#options = options;
  }

  subscribe(): void {
    const { connection } = this.#options;
    this.#key += 1;
    this.#forget = connection.open(
      `${TRANSPORT}/subscribe_zones`,
      { subscription_key: this.#key },
      {
        answered: (answer) => this.#receive(answer),
        // The session ends with its connection and says why.
        failed: () => {},
      },
    );
  }

  /**
   * Asks for all zones. The answer and the pushes come in one stream, so a difference means a push that never came.
   * @throws UpstreamError when the Core no longer answers.
   */
  async reconcile(): Promise<void> {
    const { connection, requestTimeoutMs, log, events } = this.#options;
    const answer = await connection.ask(`${TRANSPORT}/get_zones`, undefined, requestTimeoutMs);
    if (answer.name !== 'Success') throw roonFailure('malformed', 'The Roon Core did not tell its zones');
    const zones = this.#read(() => readZones(answer.body));
    const missed = this.#board.differsFrom(zones);
    this.#board.replace(zones);
    events.zones(this.#board.list(), 'polled');
    if (!missed) return;
    log.warn('roon.zones.missed', { zones: zones.length });
    this.#forget();
    await connection.ask(`${TRANSPORT}/unsubscribe_zones`, { subscription_key: this.#key }, requestTimeoutMs);
    this.subscribe();
  }

  /** Reports what could not be read on the way. */
  #read<T>(read: () => T): T {
    const { value, lists } = settingAside(read);
    const { entries, parts } = asideOf(lists);
    const unread = [...entries, ...parts];
    if (unread.length > 0) this.#options.onSetAside?.('zones', unread);
    return value;
  }

  #receive(answer: RoonAnswer): void {
    const { connection, events } = this.#options;
    if (answer.name === 'Subscribed') {
      this.#board.replace(this.#read(() => readZones(answer.body)));
      events.zones(this.#board.list(), 'subscribed');
    } else if (answer.name === 'Changed') {
      const structural = this.#board.apply(this.#read(() => readZonesMessage(answer.body)));
      events.zones(this.#board.list(), structural ? 'changed' : 'seek');
    } else if (answer.final) {
      const why = `Roon stopped reporting its zones (${cut(answer.name, 100)}); connecting anew`;
      connection.close(roonFailure('broken', why));
    }
  }
}
