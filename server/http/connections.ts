import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { HttpError } from '../kit/http/httpError.ts';

/** How many connections there may be. */
export interface ConnectionLimits {
  /** All together; a stream is one. */
  most: number;
  /** From one address; a proxy on this machine speaks for everybody. */
  mostAnAddress: number;
}

const LIMITS: ConnectionLimits = { most: 1_000, mostAnAddress: 250 };
/** For the headers of a request to arrive. */
const HEADERS_MS = 15_000;
/** For the whole of a request to arrive: 8 MB over a weak Wi-Fi. How long the answer takes is not limited by it. */
const REQUEST_MS = 120_000;
/** With nothing read or written on either side; a stream says something every 15 s. */
const SILENT_MS = 600_000;
const HEADER_BYTES = 16 * 1024;

/** Options for the server's making. */
export const serverLimits = {
  maxHeaderSize: HEADER_BYTES,
  headersTimeout: HEADERS_MS,
  requestTimeout: REQUEST_MS,
  connectionsCheckingInterval: 3_000,
  keepAliveTimeout: 30_000,
};

const LOOPBACK = /^(::1|127\.|::ffff:127\.)/;

interface Connection {
  readonly key: string;
  readonly socket: Socket;
  readonly address: string;
  /** What is being answered on it, or has not arrived whole. */
  readonly requests: Set<IncomingMessage>;
}

/** Which there are, and which requests are being answered on them. Where there are too many, the one that waits longest for nothing goes. */
export class Connections {
  readonly #server: Server;
  readonly #limits: ConnectionLimits;
  /** Those that have nothing to do stand in the order in which that began. */
  readonly #open = new Map<string, Connection>();
  #answering = 0;
  #stopping = false;
  #quiet: () => void = () => undefined;

  constructor(server: Server, limits: ConnectionLimits = LIMITS) {
    this.#server = server;
    this.#limits = limits;
    server.setTimeout(SILENT_MS);
    server.on('connection', (socket: Socket) => this.#admit(socket));
  }

  /** Counts a request until its answer is out. @returns false when it was refused, because the server stops. */
  begin(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.#stopping) {
      response.writeHead(503, { 'content-type': 'application/json', connection: 'close', 'retry-after': '5' });
      response.end(JSON.stringify(new HttpError({ code: 'stopping' }).body()));
      return false;
    }
    this.#answering += 1;
    const key = keyOf(request.socket);
    const connection = this.#open.get(key);
    connection?.requests.add(request);
    response.once('close', () => {
      this.#answering -= 1;
      connection?.requests.delete(request);
      if (connection?.requests.size === 0 && this.#open.delete(key)) this.#open.set(key, connection);
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
    const key = keyOf(socket);
    const incoming: Connection = { key, socket, address: socket.remoteAddress ?? '', requests: new Set() };
    this.#open.set(key, incoming);
    socket.once('close', () => this.#open.get(key) === incoming && this.#open.delete(key));
    if (this.#open.size > this.#limits.most) this.#giveWay(incoming, [...this.#open.values()]);
    if (LOOPBACK.test(incoming.address)) return;
    const neighbours = [...this.#open.values()].filter(({ address }) => address === incoming.address);
    if (neighbours.length > this.#limits.mostAnAddress) this.#giveWay(incoming, neighbours);
  }

  /** The connection goes on which nothing is asked, or else one whose request has not arrived whole; never one that is being answered. */
  #giveWay(incoming: Connection, among: readonly Connection[]): void {
    const others = among.filter((connection) => connection !== incoming);
    const idle = others.find(({ requests }) => requests.size === 0);
    const leaving = idle ?? others.find(({ requests }) => [...requests].every(({ complete }) => !complete)) ?? incoming;
    this.#open.delete(leaving.key);
    leaving.socket.destroy();
  }
}

/** Names a connection, whether by the bare socket or by the encrypted one on top of it. */
const keyOf = ({ remoteAddress, remotePort, localAddress }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localAddress}`;
