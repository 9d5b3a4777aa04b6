import type { CollectionName } from '#shared/sync/collections.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { MutationKind } from '#shared/mutations/registry.ts';
import type { BringBackProgress } from '../replica/bringBackProgress.ts';
import type { Held, HeldAnswer, HeldQuestion } from '../replica/held.ts';
import type { BringBackCommand } from '../replica/types.ts';

/** `halted`: the device stores nothing any more, see the session's reason. */
export type SyncState = 'in-step' | 'syncing' | 'offline' | 'halted';

/** A mutation or playlist change that the server has not answered yet, for the list of what is waiting. */
export interface WaitingChange {
  id: string;
  kind: MutationKind | 'playlist';
  /** Milliseconds since the epoch. */
  madeAt: number;
  mutation?: MutationDocument['intent'];
  /** What it is about, as it was shown then; '' where nobody knows. */
  about?: string;
  /** Name of the playlist, for `playlist`. */
  name?: string;
  /** Which kind of change a playlist's was; unknown where there were several. */
  did?: string;
}

/** A mutation or playlist change that the server refused, to be shown and dismissed. */
export interface RefusedChange {
  id: string;
  kind: MutationKind | 'playlist';
  mutation?: MutationDocument['intent'];
  /** Name of the playlist, for `playlist`. */
  name?: string;
  /** What it was about, as it was shown then. */
  about?: string;
  /** What the person had written, or wanted in the playlist. */
  words?: string | undefined;
  /** Which kind of change a playlist's was. */
  did?: string | undefined;
  /** A key of the translations. */
  reason: string;
  message: string;
}

export interface Sync {
  readonly state: SyncState;
  /** Everything of the library has arrived here once. */
  readonly complete: boolean;
  /** 0–100 while `syncing`. */
  readonly progress: number;
  readonly waiting: readonly WaitingChange[];
  readonly refused: readonly RefusedChange[];
  /** How many documents of each collection came from the server and cannot be read on this device. */
  readonly unreadable: readonly { collection: CollectionName; count: number }[];
  /** Milliseconds since the epoch; null before the first time. */
  readonly lastInStepAt: number | null;
  /** The server has lost its library and waits for a person's choice. */
  readonly recovery: boolean;
  /** The server's library would take much of what is here. */
  readonly held: Held | null;
  /** How far this device has come with giving its library back. */
  readonly bringBack: BringBackProgress | null;
  answerHeld(answer: HeldAnswer, to: HeldQuestion): void;
  sendBringBack(command: BringBackCommand): void;
  dismiss(refusedId: string): Promise<void>;
  /** Tries again at once. */
  retry(): void;
}
