import { setImmediate } from 'node:timers/promises';
import WebSocket, { type RawData } from 'ws';
import type { Clock } from '#server/kit/clock.ts';
import type { UpstreamError } from '#server/kit/http/upstreamError.ts';
import type { Log } from '#server/kit/log.ts';
import { roonFailure } from './failure.ts';
import { mooFrame, mooJson, parseMoo, type MooMessage } from './moo.ts';

/** An answer to a request of ours: `Subscribed`, `Success` …; after a COMPLETE one no other follows. */
export interface RoonAnswer {
  name: string;
  final: boolean;
  body: unknown;
}

/** A request of the Core's. It stays open until `complete`. */
export interface CoreRequest {
  service: string;
  method: string;
  body: unknown;
  continue(name: string, body?: unknown): void;
  complete(name: string, body?: unknown): void;
}

export interface AnswerHandler {
  answered(answer: RoonAnswer): void;
  /** The connection is gone; no answer will come. */
  failed(error: UpstreamError): void;
}

export interface ConnectionOptions {
  host: string;
  port: number;
  clock: Clock;
  log: Log;
  openTimeoutMs: number;
  pingMs: number;
  /** Called for every request of the Core's, in order. */
  onRequest(request: CoreRequest): void;
}

/** A Core never sends near this much in one message; a stranger on the port might. */
const MAX_MESSAGE_BYTES = 16_000_000;

const NOT_ITS_PROTOCOL = 'The Roon Core sent something that is not its protocol; connecting anew';

/**
 * Opens the WebSocket of a Core.
 * @throws UpstreamError `unreachable` or `timeout`, in words.
 */
export async function openConnection(options: ConnectionOptions, signal: AbortSignal): Promise<RoonConnection> {
  const { host, port, openTimeoutMs } = options;
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const socket = new WebSocket(`ws://${authority}/api`, {
    handshakeTimeout: openTimeoutMs,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    followRedirects: false,
  });
  const connection = new RoonConnection(socket, options);
  const stop = () => connection.close('AIME stopped');
  signal.addEventListener('abort', stop, { once: true });
  void connection.closed.then(() => signal.removeEventListener('abort', stop));
  if (signal.aborted) stop();
  await connection.opened;
  return connection;
}

/**
 * One WebSocket with both sides' requests on it. Ids of the two sides are independent. Whatever breaks the protocol
 * closes the connection, as the official client does: a stream that cannot be trusted is begun anew.
 */
export class RoonConnection {
  /** Rejects when the connection never came to be. */
  readonly opened: Promise<void>;
  /** Resolves, never rejects, with why the connection ended. */
  readonly closed: Promise<UpstreamError>;
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  readonly #open = new Map<string, AnswerHandler>();
  readonly #ending = new AbortController();
  #nextId = 0;
  #reason: UpstreamError | null = null;

  constructor(socket: WebSocket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    const where = `${options.host}:${options.port}`;
    socket.on('message', (data) => this.#receive(data));
    socket.on('error', (error) => {
      this.#reason ??= socketFailure(where, error);
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        const reason = this.#reason ?? roonFailure('unreachable', `The Roon Core at ${where} closed the connection`);
        this.#reason = reason;
        this.#ending.abort(reason);
        const open = [...this.#open.values()];
        this.#open.clear();
        for (const handler of open) handler.failed(reason);
        resolve(reason);
      });
    });
    this.opened = new Promise((resolve, reject) => {
      socket.on('open', () => {
        resolve();
        void this.#watch();
      });
      void this.closed.then(reject);
    });
    // Whoever awaits `opened` hears of the failure; nobody has to.
    this.opened.catch(() => undefined);
  }

  /** Aborted, with the reason, as soon as the connection is given up or gone. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Sends a request whose answers go to `handler` until a final one. @returns forgets the handler. */
  open(name: string, body: unknown, handler: AnswerHandler): () => void {
    if (this.#reason) {
      handler.failed(this.#reason);
      return () => undefined;
    }
    const requestId = String(this.#nextId);
    this.#nextId += 1;
    this.#open.set(requestId, handler);
    this.#socket.send(mooFrame({ verb: 'REQUEST', name, requestId, body }));
    return () => void this.#open.delete(requestId);
  }

  /**
   * Sends a request and waits for its first answer.
   * @throws UpstreamError `timeout` after `timeoutMs`, or why the connection ended.
   */
  async ask(name: string, body: unknown, timeoutMs: number): Promise<RoonAnswer> {
    const waiting = new AbortController();
    let forget = () => {};
    const answer = new Promise<RoonAnswer>((resolve, reject) => {
      forget = this.open(name, body, { answered: resolve, failed: reject });
    });
    const late = this.#options.clock
      .sleep(timeoutMs, waiting.signal)
      .then(readWhatHasCome)
      .then(() => {
        throw roonFailure('timeout', `The Roon Core did not answer within ${Math.round(timeoutMs / 1000)} s`);
      });
    try {
      return await Promise.race([answer, late]);
    } finally {
      forget();
      waiting.abort();
      late.catch(() => undefined);
    }
  }

  /** @param why plain words, remembered as the reason. */
  close(why: string | UpstreamError): void {
    this.#reason ??= typeof why === 'string' ? roonFailure('unreachable', why) : why;
    this.#ending.abort(this.#reason);
    // No closing handshake: the other side may be dead or hostile, and the next connection should not wait for it.
    this.#socket.terminate();
  }

  #receive(data: RawData): void {
    if (this.#reason) return;
    try {
      this.#dispatch(parseMoo(toBuffer(data)));
    } catch (error) {
      this.#options.log.warn('roon.connection.broken', { error });
      this.close(roonFailure('malformed', NOT_ITS_PROTOCOL, error));
    }
  }

  #dispatch(message: MooMessage): void {
    if (message.verb === 'REQUEST') {
      this.#options.onRequest(this.#request(message));
      return;
    }
    const handler = this.#open.get(message.requestId);
    if (!handler) {
      // An answer to a question we gave up on is late, not wrong.
      if (/^\d{1,15}$/.test(message.requestId) && Number(message.requestId) < this.#nextId) return;
      throw new Error('an answer to a request that was never made');
    }
    const final = message.verb === 'COMPLETE';
    if (final) this.#open.delete(message.requestId);
    handler.answered({ name: message.name, final, body: mooJson(message) });
  }

  #request(message: MooMessage): CoreRequest {
    const slash = message.name.indexOf('/');
    const answer = (verb: 'CONTINUE' | 'COMPLETE') => (name: string, body?: unknown) => {
      if (this.#reason) return;
      this.#socket.send(mooFrame({ verb, name, requestId: message.requestId, body }));
    };
    return {
      service: message.name.slice(0, slash),
      method: message.name.slice(slash + 1),
      body: mooJson(message),
      continue: answer('CONTINUE'),
      complete: answer('COMPLETE'),
    };
  }

  /** A dead network closes nothing by itself: without a pong between two pings the socket is given up. */
  async #watch(): Promise<void> {
    let alive = true;
    this.#socket.on('pong', () => (alive = true));
    const { clock, pingMs } = this.#options;
    try {
      // By hand: it lives as long as its socket, which it closes.
      while (!this.#reason) {
        if (!alive) return this.close('The Roon Core went silent; connecting anew');
        alive = false;
        this.#socket.ping();
        await clock.sleep(pingMs, this.ending);
        await readWhatHasCome();
      }
    } catch (error) {
      if (!this.ending.aborted) throw error;
    }
  }
}

function socketFailure(where: string, error: Error): UpstreamError {
  if ('code' in error && String(error.code).startsWith('WS_ERR')) {
    return roonFailure('malformed', NOT_ITS_PROTOCOL, error);
  }
  if (error.message.startsWith('Unexpected server response')) {
    const message = `What answers at ${where} is not a Roon Core; check ROON_HOST and ROON_PORT`;
    return roonFailure('malformed', message, error);
  }
  return roonFailure('unreachable', `The Roon Core at ${where} could not be reached; is it switched on?`, error);
}

/**
 * When this process stalled (a long write, a laptop that slept), its timers run before its sockets are read: the answer
 * a decision waits for may already be there. A few turns of the event loop read it.
 */
async function readWhatHasCome(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
}

function toBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
