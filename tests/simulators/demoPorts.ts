import { createServer } from 'node:net';

/** The services' ports stay the same from run to run: the addresses of covers that the library keeps lead there. */
export const DEMO_PORTS = {
  lastfm: 18_701,
  discogs: 18_702,
  spotify: 18_703,
  euria: 18_704,
  musicbrainz: 18_705,
  roon: 18_706,
};

/** Another program, most likely another demo, has a port that the demo needs. The message says so to a person. */
export class DemoPortTaken extends Error {
  override readonly name = 'DemoPortTaken';
}

/** @throws {DemoPortTaken} naming the first of these ports that another program uses. */
export async function demandFreePorts(ports: Readonly<Record<string, number>> = DEMO_PORTS): Promise<void> {
  for (const [service, port] of Object.entries(ports)) {
    const isFree = await new Promise<boolean>((resolve, reject) => {
      const probe = createServer();
      probe.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
      );
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (!isFree) {
      throw new DemoPortTaken(
        `Port ${port} on this machine is taken, and the demo's ${service} answers there. Most likely another demo is running: stop it (Ctrl-C where it was started), then start this one again.`,
      );
    }
  }
}
