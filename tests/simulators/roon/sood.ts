import { createSocket, type Socket } from 'node:dgram';

const SERVICE = '00720724-5143-4a9b-abac-0e50cba674bb';
const GROUP = '239.255.90.90';
/** Every way a question can come on loopback: to the machine, to all of the network, to the multicast group. */
const ADDRESSES = ['127.0.0.1', '127.255.255.255', GROUP];

/** Answers the search for Cores, on loopback only. */
export class SoodResponder {
  readonly #sockets: Socket[] = [];
  readonly #seen = new Set<string>();
  readonly #properties: () => Record<string, string | null>;
  port = 0;
  /** Questions answered so far. */
  answers = 0;

  constructor(properties: () => Record<string, string | null>) {
    this.#properties = properties;
  }

  /** @param port 0 for any free one. */
  async listen(port: number): Promise<void> {
    this.port = port;
    for (const address of ADDRESSES) {
      const socket = createSocket({ type: 'udp4', reuseAddr: true });
      this.#sockets.push(socket);
      socket.on('message', (bytes, sender) => this.#answer(bytes, sender.port));
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.bind({ address, port: this.port }, resolve);
      });
      if (address === GROUP) socket.addMembership(GROUP, '127.0.0.1');
      this.port = socket.address().port;
    }
  }

  close(): void {
    for (const socket of this.#sockets.splice(0)) socket.close();
  }

  #answer(bytes: Buffer, port: number): void {
    const question = readProperties(bytes);
    const tid = question?.get('_tid') ?? '';
    // A Core answers an id once, whatever way the question came.
    if (question?.get('query_service_id') !== SERVICE || this.#seen.has(tid)) return;
    this.#seen.add(tid);
    this.answers += 1;
    const reply = writeProperties({ ...this.#properties(), service_id: SERVICE, _tid: tid, _replyaddr: null });
    this.#sockets[0]!.send(reply, port, '127.0.0.1');
  }
}

function readProperties(bytes: Buffer): Map<string, string> | null {
  if (bytes.toString('latin1', 0, 6) !== 'SOOD\x02Q') return null;
  const properties = new Map<string, string>();
  for (let at = 6; at < bytes.length;) {
    const nameEnd = at + 1 + bytes[at]!;
    const valueEnd = nameEnd + 2 + bytes.readUInt16BE(nameEnd);
    properties.set(bytes.toString('utf8', at + 1, nameEnd), bytes.toString('utf8', nameEnd + 2, valueEnd));
    at = valueEnd;
  }
  return properties;
}

function writeProperties(properties: Record<string, string | null>): Buffer {
  const parts = [Buffer.from('SOOD\x02R', 'latin1')];
  for (const [name, value] of Object.entries(properties)) {
    const bytes = Buffer.from(value ?? '');
    const length = value === null ? 0xffff : bytes.length;
    parts.push(Buffer.of(Buffer.byteLength(name)), Buffer.from(name), Buffer.of(length >> 8, length & 255), bytes);
  }
  return Buffer.concat(parts);
}
