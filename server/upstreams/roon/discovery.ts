import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import type { Clock } from '#server/kit/clock.ts';
import type { Log } from '#server/kit/log.ts';
import { coreFromReply, coreQuery, parseSood, type FoundCore } from './sood.ts';

export interface Ipv4Interface {
  address: string;
  netmask: string;
}

export interface DiscoveryOptions {
  clock: Clock;
  log: Log;
  /** The one machine to ask, instead of the whole network. */
  host?: string;
  /** UDP port that Cores listen on. */
  port?: number;
  multicastAddress?: string;
  interfaces?: () => Ipv4Interface[];
  /** How often interfaces are listed again: a laptop changes networks. */
  relistMs?: number;
  rescanMs?: number;
  /** After this many scans, every `slowRescanMs`. */
  quickScans?: number;
  slowRescanMs?: number;
  /** Called after every scan with how many there were. */
  onScan?: (scans: number) => void;
}

const ANY_INTERFACE: Ipv4Interface = { address: '0.0.0.0', netmask: '255.255.255.255' };

/**
 * Asks the local network for Cores until `signal` is aborted: from every IPv4 interface to the multicast group and to
 * that interface's broadcast address. `onCore` hears of every answer, so of one Core again and again.
 * A container without host networking hears nothing: its Core's host has to be configured.
 */
export async function searchCores(
  options: DiscoveryOptions,
  onCore: (core: FoundCore) => void,
  signal: AbortSignal,
): Promise<void> {
  const { clock, relistMs = 5_000, rescanMs = 10_000, quickScans = 6, slowRescanMs = 60_000 } = options;
  const sockets = new SearchSockets(options, onCore);
  let scans = 0;
  let nextScanAt = -Infinity;
  try {
    // By hand: a search that fails ends the choice of a Core, which the client begins anew.
    while (!signal.aborted) {
      const fresh = await sockets.relist();
      if (clock.elapsed() >= nextScanAt) {
        sockets.askAll();
        scans += 1;
        nextScanAt = clock.elapsed() + (scans < quickScans ? rescanMs : slowRescanMs);
        options.onScan?.(scans);
      } else {
        fresh.forEach((address) => sockets.ask(address));
      }
      await clock.sleep(Math.min(relistMs, rescanMs), signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    sockets.close();
  }
}

/** One socket for each interface, so that a datagram leaves through it and its answer comes back to it. */
class SearchSockets {
  readonly #options: DiscoveryOptions;
  readonly #onCore: (core: FoundCore) => void;
  readonly #sockets = new Map<string, { socket: Socket; targets: string[] }>();
  readonly #complaints = new Set<string>();

  constructor(options: DiscoveryOptions, onCore: (core: FoundCore) => void) {
    this.#options = options;
    this.#onCore = onCore;
  }

  /** @returns the interfaces that were not there before. */
  async relist(): Promise<string[]> {
    const listed = this.#options.host ? [ANY_INTERFACE] : (this.#options.interfaces ?? ipv4Interfaces)();
    const wanted = new Map(listed.map((each) => [each.address, each]));
    for (const [address, { socket }] of this.#sockets) {
      if (wanted.has(address)) continue;
      socket.close();
      this.#sockets.delete(address);
    }
    const fresh = [...wanted.values()].filter(({ address }) => !this.#sockets.has(address));
    await Promise.all(fresh.map((each) => this.#open(each)));
    return fresh.map(({ address }) => address);
  }

  askAll(): void {
    for (const address of this.#sockets.keys()) this.ask(address);
  }

  ask(address: string): void {
    const entry = this.#sockets.get(address);
    for (const target of entry?.targets ?? []) {
      entry!.socket.send(coreQuery(randomUUID()), this.#options.port ?? 9003, target, (error) => {
        // An interface without broadcast or a name that does not resolve: the other ways may still work.
        if (error) this.#complain(`${address} to ${target}`, error);
      });
    }
  }

  close(): void {
    for (const { socket } of this.#sockets.values()) socket.close();
    this.#sockets.clear();
  }

  async #open({ address, netmask }: Ipv4Interface): Promise<void> {
    const { multicastAddress = '239.255.90.90', host } = this.#options;
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    socket.on('message', (bytes, sender) => {
      const packet = parseSood(bytes);
      const core = packet && coreFromReply(packet, sender.address);
      if (core) this.#onCore(core);
    });
    const bound = await new Promise<boolean>((resolve) => {
      socket.once('error', (error) => {
        this.#complain(address, error);
        this.#sockets.delete(address);
        socket.close();
        resolve(false);
      });
      socket.bind({ address, port: 0 }, () => resolve(true));
    });
    if (!bound) return;
    try {
      socket.setBroadcast(true);
      socket.setMulticastTTL(1);
      socket.setMulticastInterface(address);
    } catch (error) {
      this.#complain(address, error);
    }
    const targets = host ? [host] : [multicastAddress, broadcastAddress(address, netmask)];
    this.#sockets.set(address, { socket, targets });
  }

  #complain(where: string, error: unknown): void {
    const message = `${where}: ${String(error)}`;
    if (this.#complaints.has(message)) return;
    this.#complaints.add(message);
    this.#options.log.warn('roon.search.hindered', { where, error });
  }
}

/** The address that reaches every machine of an interface's network. */
function broadcastAddress(address: string, netmask: string): string {
  const mask = netmask.split('.').map(Number);
  return address
    .split('.')
    .map((part, index) => (Number(part) | (~(mask[index] ?? 255) & 255)).toString())
    .join('.');
}

function ipv4Interfaces(): Ipv4Interface[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family }) => family === 'IPv4');
}
