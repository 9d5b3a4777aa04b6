import { wellFormed } from '#shared/text/wellFormed.ts';

/**
 * SOOD, the datagrams by which Roon Cores are found: `SOOD`, version 2, a type letter, then properties as
 * [u8 name length][name][u16 value length, big-endian][value]. A length of 0xFFFF means null, 0 an empty text.
 */
export type SoodType = 'Q' | 'R';

export interface SoodPacket {
  type: SoodType;
  properties: Map<string, string | null>;
}

/** The service id every Roon Core answers to. */
export const ROON_SERVICE_ID = '00720724-5143-4a9b-abac-0e50cba674bb';

const MAGIC = Buffer.from('SOOD\x02', 'latin1');
const NULL_LENGTH = 0xffff;

/** @throws RangeError when a name or a value is longer than its length field can say. */
export function encodeSood(packet: SoodPacket): Buffer {
  const parts: Buffer[] = [MAGIC, Buffer.from(packet.type, 'latin1')];
  for (const [name, value] of packet.properties) {
    const nameBytes = Buffer.from(name);
    const valueBytes = value === null ? Buffer.alloc(0) : Buffer.from(value);
    if (nameBytes.length < 1 || nameBytes.length > 255) throw new RangeError(`SOOD name of ${nameBytes.length} bytes`);
    if (valueBytes.length >= NULL_LENGTH) throw new RangeError(`SOOD value of ${valueBytes.length} bytes`);
    const lengths = Buffer.alloc(2);
    lengths.writeUInt16BE(value === null ? NULL_LENGTH : valueBytes.length);
    parts.push(Buffer.of(nameBytes.length), nameBytes, lengths, valueBytes);
  }
  return Buffer.concat(parts);
}

/** What a datagram says, or null: anybody on the network can send anything to this port. */
export function parseSood(bytes: Uint8Array): SoodPacket | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = String.fromCharCode(buffer[MAGIC.length] ?? 0);
  if (!buffer.subarray(0, MAGIC.length).equals(MAGIC) || (type !== 'Q' && type !== 'R')) return null;
  const properties = new Map<string, string | null>();
  let at = MAGIC.length + 1;
  while (at < buffer.length) {
    const nameLength = buffer[at]!;
    const nameEnd = at + 1 + nameLength;
    if (nameLength === 0 || nameEnd + 2 > buffer.length) return null;
    const valueLength = buffer.readUInt16BE(nameEnd);
    const valueEnd = nameEnd + 2 + (valueLength === NULL_LENGTH ? 0 : valueLength);
    if (valueEnd > buffer.length) return null;
    const value = valueLength === NULL_LENGTH ? null : wellFormed(buffer.toString('utf8', nameEnd + 2, valueEnd));
    properties.set(buffer.toString('utf8', at + 1, nameEnd), value);
    at = valueEnd;
  }
  return { type, properties };
}

/** A Core as its answer describes it. */
export interface FoundCore {
  id: string;
  name: string;
  version: string;
  host: string;
  /** Of its WebSocket and its images; it differs between Cores and versions, so it is never guessed. */
  port: number;
}

/** The question of one datagram. A Core answers an id once, so each datagram takes a fresh one. */
export function coreQuery(transactionId: string): Buffer {
  return encodeSood({
    type: 'Q',
    properties: new Map([
      ['query_service_id', ROON_SERVICE_ID],
      ['_tid', transactionId],
    ]),
  });
}

/** The Core behind an answer that came from `sender`; null when it is no Core's or lacks what is needed to connect. */
export function coreFromReply(packet: SoodPacket, sender: string): FoundCore | null {
  const { properties } = packet;
  const id = properties.get('unique_id');
  const portText = properties.get('http_port') ?? '';
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
  if (packet.type !== 'R' || properties.get('service_id') !== ROON_SERVICE_ID) return null;
  if (!id || id.length > 200 || port < 1 || port > 65_535) return null;
  const replyAddress = properties.get('_replyaddr') ?? '';
  return {
    id,
    name: properties.get('name') || 'Roon Core',
    version: properties.get('display_version') ?? '',
    host: /^\d{1,3}(\.\d{1,3}){3}$/.test(replyAddress) ? replyAddress : sender,
    port,
  };
}
