import type { WebSocket } from 'ws';
import { readFrame, writeFrame, type CoreFrame } from './frames.ts';

export type Answer = { verb: string; name: string; body: unknown };

/** One extension's WebSocket, as the Core sees it: both sides ask, with ids of their own. */
export class ExtensionLink {
  readonly #socket: WebSocket;
  readonly #asked = new Map<string, (answer: Answer) => void>();
  #nextId = 0;
  /** Bytes in each WebSocket fragment; null sends a message whole. */
  fragmentBytes: number | null = null;
  /** Null until registered. */
  registration: string | null = null;
  zonesSubscriptions = new Map<unknown, string>();
  /** Protocol mistakes of the extension, which a real Core would hang up on. */
  readonly faults: string[] = [];

  constructor(socket: WebSocket, onRequest: (frame: CoreFrame) => void) {
    this.#socket = socket;
    socket.on('error', (error) => this.faults.push(error.message));
    socket.on('message', (data: Buffer, isBinary) => {
      try {
        if (!isBinary) throw new Error('a text frame');
        const frame = readFrame(data);
        if (frame.verb === 'REQUEST') return onRequest(frame);
        const listener = this.#asked.get(frame.requestId);
        if (!listener) throw new Error(`an answer to ${frame.requestId}, which was never asked`);
        if (frame.verb === 'COMPLETE') this.#asked.delete(frame.requestId);
        listener(frame);
      } catch (error) {
        this.faults.push((error as Error).message);
        socket.terminate();
      }
    });
  }

  answer(verb: 'CONTINUE' | 'COMPLETE', name: string, requestId: string, body?: unknown): void {
    this.sendRaw(writeFrame(verb, name, requestId, body));
  }

  /** Asks the extension; `onAnswer` hears every answer. */
  ask(name: string, body: unknown, onAnswer: (answer: Answer) => void): void {
    const requestId = String(this.#nextId);
    this.#nextId += 1;
    this.#asked.set(requestId, onAnswer);
    this.sendRaw(writeFrame('REQUEST', name, requestId, body));
  }

  /** Any bytes as one WebSocket message, fragmented as set. */
  sendRaw(bytes: Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const size = this.fragmentBytes ?? (bytes.length || 1);
    if (bytes.length === 0) this.#socket.send(bytes);
    for (let at = 0; at < bytes.length; at += size) {
      this.#socket.send(bytes.subarray(at, at + size), { binary: true, fin: at + size >= bytes.length });
    }
  }

  /** One message in two fragments, cut before byte `at`. */
  sendSplit(bytes: Buffer, at: number): void {
    this.#socket.send(bytes.subarray(0, at), { binary: true, fin: false });
    this.#socket.send(bytes.subarray(at), { binary: true, fin: true });
  }

  /** Reads nothing more, pings included: the machine hangs, the connection stays. */
  freeze(): void {
    this.#socket.pause();
  }

  hangUp(): void {
    this.#socket.terminate();
  }
}
