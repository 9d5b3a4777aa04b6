import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { StreamEvent } from '#shared/sync/stream.ts';
import type { RunningServer } from '#tests/kit/serverProcess.ts';

/** What is answered in the server's place. */
interface Reply {
  status: number;
  headers?: OutgoingHttpHeaders;
  body?: string;
}
/** Asked before a request is passed on. Nothing: it passes, as soon as that is known. */
type Rule = (asked: IncomingMessage) => Reply | undefined | Promise<Reply | undefined | void>;

/** Stands between a page and its server. Everything passes, but for what a test holds back, answers itself, changes or adds. */
export class Between {
  readonly #server: Pick<RunningServer, 'url'>;
  readonly #proxy = createServer((asked, answer) => void this.#pass(asked, answer));
  readonly #rules = new Set<Rule>();
  readonly #changes = new Map<RegExp, (json: unknown) => unknown>();
  readonly #streams = new Set<ServerResponse>();
  #isAway = false;

  private constructor(server: Pick<RunningServer, 'url'>) {
    this.#server = server;
  }

  static async start(server: Pick<RunningServer, 'url'>): Promise<Between> {
    const between = new Between(server);
    await new Promise<void>((resolve) => between.#proxy.listen(0, '127.0.0.1', resolve));
    return between;
  }

  get port(): number {
    return (this.#proxy.address() as AddressInfo).port;
  }
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** @returns ends the rule. */
  rule(rule: Rule): () => void {
    this.#rules.add(rule);
    return () => void this.#rules.delete(rule);
  }

  /** Holds back requests whose address matches. @returns lets them go, and those that come later. */
  hold(address: RegExp): () => void {
    let release = (): void => undefined;
    const held = new Promise<undefined>((resolve) => (release = () => resolve(undefined)));
    const end = this.rule(({ url }) => (address.test(url!) ? held : undefined));
    return () => {
      end();
      release();
    };
  }

  /** Changes the server's JSON on its way, where the address matches. @returns leaves it alone again. */
  change(address: RegExp, change: (json: unknown) => unknown): () => void {
    this.#changes.set(address, change);
    return () => void this.#changes.delete(address);
  }

  /** Says something on every open stream of events, as the server would. */
  emit({ event, data }: StreamEvent): void {
    for (const stream of this.#streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Nobody is there, as far as a page can see; or somebody is again. */
  away(isAway: boolean): void {
    this.#isAway = isAway;
    if (isAway) this.#proxy.closeAllConnections();
  }

  async close(): Promise<void> {
    this.#proxy.closeAllConnections();
    await new Promise((resolve) => this.#proxy.close(resolve));
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    for (const rule of this.#rules) {
      const reply = await rule(asked);
      if (reply) return void answer.writeHead(reply.status, reply.headers).end(reply.body);
    }
    if (this.#isAway) return void asked.socket.destroy();
    const { host, pathname, search } = new URL(asked.url!, this.#server.url);
    const change = [...this.#changes].find(([address]) => address.test(asked.url!))?.[1];
    // A page of this address is one of the server's own, also where it writes.
    const headers = {
      ...asked.headers,
      host,
      ...(asked.headers.origin === this.url && { origin: this.#server.url }),
      ...(change && { 'accept-encoding': 'identity' }),
    };
    const passed = request(this.#server.url + pathname + search, { method: asked.method, headers }, (said) => {
      if (change) return void this.#changed(said, change, answer);
      answer.writeHead(said.statusCode!, said.headers);
      said.pipe(answer);
      if (!said.headers['content-type']?.startsWith('text/event-stream')) return;
      this.#streams.add(answer);
      answer.on('close', () => this.#streams.delete(answer));
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  }

  async #changed(said: IncomingMessage, change: (json: unknown) => unknown, answer: ServerResponse): Promise<void> {
    const body = JSON.stringify(change(JSON.parse(await text(said))));
    const { 'content-length': _length, ...headers } = said.headers;
    answer.writeHead(said.statusCode!, headers).end(body);
  }
}
