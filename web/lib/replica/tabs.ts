import type { StreamEvent } from '#shared/sync/stream.ts';
import type { HeldAnswer, HeldQuestion } from './held.ts';
import type { BringBackCommand, ReplicaStatus } from './types.ts';

export type TabMessage =
  | { kind: 'status'; status: ReplicaStatus }
  | { kind: 'event'; event: StreamEvent }
  /** A tab was opened and wants to know how things are. */
  | { kind: 'ask' }
  | { kind: 'retry' }
  | { kind: 'answer'; answer: HeldAnswer; to: HeldQuestion }
  | { kind: 'bring-back'; command: BringBackCommand }
  /** The browser has deleted the replica under the open tabs; only the one that opened it again first saw that. */
  | { kind: 'lost' }
  /** The replica was erased: every tab has to begin anew. */
  | { kind: 'erased' };

/** What tabs of one replica send each other beside RxDB's own messages. */
export class Tabs {
  readonly #channel: BroadcastChannel | undefined;

  constructor(name: string, heard: (message: TabMessage) => void) {
    if (typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = (message: MessageEvent<TabMessage>) => heard(message.data);
  }

  post(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#channel?.close();
  }
}
