import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

export interface Listening {
  /** Where a person on this machine opens it. */
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Serves the app over HTTP, or over HTTPS when a certificate is set. @throws when the port is taken or the certificate unreadable. */
export async function listen(app: Hono, options: { host: string; port: number; tls?: { cert: string; key: string } }): Promise<Listening> {
  const listener = getRequestListener(app.fetch);
  const server: Server = options.tls
    ? createHttpsServer({ cert: readFileSync(options.tls.cert), key: readFileSync(options.tls.key) }, listener)
    : createHttpServer(listener);
  // A stream to an idle page lives for hours.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const shown = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(options.host) ? 'localhost' : options.host;
  return {
    url: `${options.tls ? 'https' : 'http'}://${shown}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
