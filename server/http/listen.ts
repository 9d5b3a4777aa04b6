import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, isIPv6 } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { type ConnectionLimits, Connections, serverLimits } from './connections.ts';

export interface Listening {
  /** Where a person on this machine opens it. */
  url: string;
  port: number;
  /** Takes no more requests, and lets those that are being answered come to their end. @param graceMs for so long at most */
  close(graceMs?: number): Promise<void>;
}

/** Serves the app over HTTP, or over HTTPS when a certificate is set. @throws when the port is taken or the certificate unreadable. */
export async function listen(
  app: Pick<Hono, 'fetch'>,
  options: { host: string; port: number; tls?: { cert: string; key: string }; connections?: ConnectionLimits },
): Promise<Listening> {
  const answer = getRequestListener(app.fetch);
  const server: Server = options.tls
    ? createHttpsServer({ ...serverLimits, cert: readFileSync(options.tls.cert), key: readFileSync(options.tls.key) })
    : createHttpServer(serverLimits);
  const connections = new Connections(server, options.connections);
  server.on('request', (request, response) => {
    if (connections.begin(request, response)) void answer(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const shown = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(options.host)
    ? 'localhost'
    : isIPv6(options.host)
      ? `[${options.host}]`
      : options.host;
  return {
    url: `${options.tls ? 'https' : 'http'}://${shown}:${port}`,
    port,
    close: (graceMs = 0) => connections.close(graceMs),
  };
}
