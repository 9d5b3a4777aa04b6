import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import { systemClock } from '../../kit/clock.ts';
import { silentLog } from '../../kit/log.ts';
import type { Library } from '../api/library.ts';
import type { RecordOutcome, ScrobbleInput } from '../api/scrobbles.ts';
import { openLibrary } from '../openLibrary.ts';

export const START = 1_700_000_000;

/** Opens the library of a folder, by the machine's clock unless another is given; who opens it closes it. */
export const openIn = (folder: string, options: Partial<Parameters<typeof openLibrary>[0]> = {}): Library =>
  openLibrary({
    file: join(folder, 'musique.db'),
    backupsDir: join(folder, 'backups'),
    clock: systemClock,
    log: silentLog,
    timeZone: 'UTC',
    ...options,
  });

/** A library in a folder of its own, with a clock the test sets; both go when the test ends. */
export function libraryForTest({ timeZone = 'Europe/Paris' } = {}): {
  library: Library;
  folder: string;
  setTime(seconds: number): void;
  close(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'aime-library-'));
  let now = START * 1000;
  const clock = { now: () => now, elapsed: () => now, sleep: () => Promise.resolve() };
  const library = openIn(folder, { clock, timeZone });
  let open = true;
  const close = () => {
    if (open) library.close();
    open = false;
    rmSync(folder, { recursive: true, force: true });
  };
  onTestFinished(close);
  return { library, folder, setTime: (seconds) => (now = seconds * 1000), close };
}

/** A report of a play; what a test does not say is usual. */
export function play(report: Partial<ScrobbleInput> = {}): ScrobbleInput {
  const { source = 'lastfm', playedAt = START, artist = 'Nils Okland', title = 'Bris' } = report;
  return {
    source,
    playedAt,
    artist,
    title,
    sourceKey: `${playedAt}|${artist}|${title}`,
    album: 'Lysøen',
    raw: { from: source },
    ...report,
  };
}

/** Records one report. @returns the id of its listen. */
export function listenTo(library: Library, report: Partial<ScrobbleInput> = {}): number {
  const [outcome] = library.scrobbles.record([play(report)]) as [RecordOutcome];
  if (outcome.listenId === null) throw new Error('The play has no listen');
  return outcome.listenId;
}

/** A playlist that somebody made when the test began; empty unless it says otherwise. */
export const playlistDocument = (more: Partial<PlaylistDocument> = {}): PlaylistDocument => ({
  id: newUuid(),
  name: 'First',
  algorithm: null,
  aiPrompt: null,
  createdAt: START,
  updatedAt: START,
  entries: [],
  ...more,
});

let mutations = 0;
const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const DEVICE = uuid(900_000_000_001);
export const newUuid = (): string => uuid((mutations += 1));

/** A mutation on its way from a device. */
export function mutationOf(
  mutation: Mutation,
  { id = newUuid(), deviceId = DEVICE, madeAt = START * 1000 + mutations } = {},
): MutationDocument {
  return { id, deviceId, number: Math.max(1, mutations), madeAt, intent: mutation };
}

/** Applies one mutation of a device that follows the library's present life. @returns its result. */
export function applied(library: Library, mutation: Mutation, options: { deviceId?: string; madeAt?: number } = {}) {
  const [document] = library.mutations.apply([{ ...mutationOf(mutation, options), epoch: library.feed.epoch }]);
  return document!.verdict!;
}

/** Everything a fresh device would hold, by collection and id, tombstones left out. */
export function replicaOf(library: Library): Map<string, unknown> {
  const device = new Device();
  device.sync(library);
  return device.documents;
}

const COLLECTIONS = [
  'artists',
  'albums',
  'journal',
  'playlists',
  'intents',
  'household',
  'rollups',
  'revisions',
  'deletions',
] as const;

/** A device that pulls what changed since it last did, a few documents at a time. */
export class Device {
  readonly documents = new Map<string, unknown>();
  readonly #seqs = new Map<string, number>();
  readonly #limit: number;
  constructor(limit = 7) {
    this.#limit = limit;
  }

  sync(library: Library): void {
    for (const collection of COLLECTIONS) while (!this.#pull(library, collection));
  }

  /** @returns true at the end of the feed. */
  #pull(library: Library, collection: (typeof COLLECTIONS)[number]): boolean {
    const from = this.#seqs.get(collection) ?? 0;
    const { documents, seq } = library.feed.pull(collection, from, this.#limit, { priority: from === 0 });
    for (const { _deleted, ...document } of documents) {
      const key = `${collection}:${document.id}`;
      if (_deleted) this.documents.delete(key);
      else this.documents.set(key, document);
    }
    if (seq < from) throw new Error(`${collection} went back from ${from} to ${seq}`);
    this.#seqs.set(collection, seq);
    return documents.length < this.#limit;
  }
}
