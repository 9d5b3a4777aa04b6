import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '#tests/kit/freePort.ts';
import type { Handle, SimulatedAnswer, SimulatedRequest } from './exchange.ts';
import { FaultQueue, withValueAt, type Fault } from './faults.ts';

export interface SimulatorServerOptions {
  /** Default 0: any free port. */
  port?: number;
  handle: Handle;
  /** How many of the last requests the log keeps. Default 10,000. */
  keepRequests?: number;
}

/** A simulated service: real HTTP on loopback, a log of what was asked, and faults on order. */
export interface SimulatorServer {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** What was asked, oldest first. Faulty exchanges are here too. */
  readonly requests: SimulatedRequest[];
  /** For protocols that upgrade the connection (WebSocket). */
  readonly server: Server;
  fault(fault: Fault): void;
  clearFaults(): void;
  /** Ends every connection, hanging ones too. Again is harmless. */
  close(): Promise<void>;
}

/** Starts a simulated service. Only loopback can reach it. */
export async function startSimulatorServer(options: SimulatorServerOptions): Promise<SimulatorServer> {
  const faults = new FaultQueue();
  const requests: SimulatedRequest[] = [];
  const keep = options.keepRequests ?? 10_000;
  const server = createServer((message, response) => {
    const answered = async () => {
      const request = await read(message);
      requests.push(request);
      if (requests.length > keep) requests.shift();
      const fault = faults.take(request);
      if (fault) await strike(fault, request, response, options.handle);
      else await send(response, await options.handle(request));
    };
    answered().catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else void send(response, { status: 500, text: `The simulator failed: ${String(error)}` });
    });
  });
  server.keepAliveTimeout = 2_000;
  const wanted = options.port || (await freePort());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    server,
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    close: () =>
      new Promise((resolve, reject) => {
        if (!server.listening) return resolve();
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function read(message: IncomingMessage): Promise<SimulatedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return {
    at: Date.now(),
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    form: new URLSearchParams(isForm ? body : ''),
    headers,
    body,
  };
}

function payload(answer: SimulatedAnswer): { type: string | null; bytes: Uint8Array } {
  if (answer.bytes) return { type: null, bytes: answer.bytes };
  if (answer.text !== undefined) return { type: 'text/plain; charset=utf-8', bytes: Buffer.from(answer.text) };
  if (answer.json !== undefined)
    return { type: 'application/json; charset=utf-8', bytes: Buffer.from(JSON.stringify(answer.json)) };
  return { type: null, bytes: Buffer.alloc(0) };
}

async function stream(
  response: ServerResponse,
  answer: SimulatedAnswer,
  chunks: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  response.writeHead(answer.status ?? 200, answer.headers);
  await pipeline(Readable.from(chunks), response);
}

function send(response: ServerResponse, answer: SimulatedAnswer): void | Promise<void> {
  if (answer.chunks) return stream(response, answer, answer.chunks);
  const { type, bytes } = payload(answer);
  response.writeHead(answer.status ?? 200, {
    ...(type === null ? {} : { 'content-type': type }),
    'content-length': String(bytes.byteLength),
    ...answer.headers,
  });
  response.end(bytes);
}

const WEB_PAGE =
  '<!DOCTYPE html><html><head><title>Be right back</title></head><body><h1>Maintenance</h1></body></html>';

async function strike(
  fault: Fault,
  request: SimulatedRequest,
  response: ServerResponse,
  handle: Handle,
): Promise<void> {
  switch (fault.kind) {
    case 'status':
      return send(response, { status: fault.status, headers: fault.headers ?? {}, text: fault.body ?? '' });
    case 'html':
      return send(response, { status: fault.status ?? 200, headers: { 'content-type': 'text/html' }, text: WEB_PAGE });
    case 'empty':
      return send(response, { status: fault.status ?? 200 });
    case 'reset':
      response.destroy();
      return;
    case 'hang':
      if (fault.ms === undefined) return;
      await sleep(fault.ms);
      return send(response, await handle(request));
    case 'truncate': {
      const { type, bytes } = payload(await handle(request));
      response.writeHead(200, {
        'content-type': type ?? 'application/octet-stream',
        'content-length': String(bytes.byteLength),
      });
      response.write(bytes.subarray(0, Math.floor(bytes.byteLength / 2)), () => response.destroy());
      return;
    }
    case 'cut-json': {
      const answer = await handle(request);
      const { bytes } = payload(answer);
      return send(response, { ...answer, bytes: bytes.subarray(0, Math.floor(bytes.byteLength / 2)) });
    }
    case 'wrong-type': {
      const answer = await handle(request);
      return send(response, { ...answer, json: withValueAt(answer.json, fault.path, fault.value) });
    }
    case 'rewrite':
      return send(response, fault.rewrite(await handle(request)));
  }
}
