import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** All together; a stream is one. */
const MOST = 1_000;
/** From one address; a proxy on this machine speaks for everybody. */
const MOST_AN_ADDRESS = 250;
/** For the headers of a request to arrive. */
const HEADERS_MS = 15_000;
/** For the whole of a request to arrive: 8 MB over a weak Wi-Fi. How long the answer takes is not limited by it. */
const REQUEST_MS = 120_000;
/** With nothing read or written on either side; a stream says something every 15 s. */
const SILENT_MS = 600_000;
const HEADER_BYTES = 16 * 1024;

/** Options for the server's making. */
export const serverLimits = { maxHeaderSize: HEADER_BYTES, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: 3_000, keepAliveTimeout: 30_000 };

const LOOPBACK = /^(::1|127\.|::ffff:127\.)/;

/** How many there are, by address, and which requests are being answered. */
export class Connections {
  readonly #server: Server;
  readonly #byAddress = new Map<string, number>();
  #answering = 0;
  #stopping = false;
  #quiet: () => void = () => undefined;

  constructor(server: Server) {
    this.#server = server;
    server.maxConnections = MOST;
    server.setTimeout(SILENT_MS);
    server.on('connection', (socket: Socket) => this.#admit(socket));
  }

  /** Counts a request until its answer is out. @returns false when it was refused, because the server stops. */
  begin(_request: IncomingMessage, response: ServerResponse): boolean {
    if (this.#stopping) {
      response.writeHead(503, { 'content-type': 'application/json', connection: 'close', 'retry-after': '5' });
      response.end(JSON.stringify({ error: { kind: 'unavailable', code: 'stopping', message: 'The server is stopping' } }));
      return false;
    }
    this.#answering += 1;
    response.once('close', () => {
      this.#answering -= 1;
      if (this.#stopping) response.req.socket.end();
      if (this.#answering === 0) this.#quiet();
    });
    return true;
  }

  /** Takes no more, lets what is being answered come to its end, for so long at most, and closes everything. */
  async close(graceMs: number): Promise<void> {
    this.#stopping = true;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    if (this.#answering > 0) {
      let late: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#quiet = resolve;
        late = setTimeout(resolve, graceMs);
      });
      clearTimeout(late);
    }
    this.#server.closeAllConnections();
    await closed;
  }

  #admit(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    if (LOOPBACK.test(address)) return;
    const count = (this.#byAddress.get(address) ?? 0) + 1;
    if (count > MOST_AN_ADDRESS) {
      socket.destroy();
      return;
    }
    this.#byAddress.set(address, count);
    socket.once('close', () => {
      const left = (this.#byAddress.get(address) ?? 1) - 1;
      if (left > 0) this.#byAddress.set(address, left);
      else this.#byAddress.delete(address);
    });
  }
}
