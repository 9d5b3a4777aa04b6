import { Analysis } from '#shared/analytics/analysis.ts';
import { LibraryIndex } from '#shared/analytics/libraryIndex.ts';
import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import { trackLengths } from '#shared/analytics/trackLengths.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import { JournalColumns } from '#shared/journal/columns.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import { likelyNow } from '#shared/primitives/moments.ts';
import type { Clock } from '../kit/clock.ts';
import { turn } from '../kit/turns.ts';
import type { Library } from '../library/api/library.ts';

/** Unused for so long, the view gives its memory back. */
const IDLE_MS = 10 * 60_000;
/** How long one slice of reading may keep the server from answering, in milliseconds; the bound is 50. */
const AIM_MS = 20;
const FIRST_SLICE = 4;

type Pulled = ReturnType<Library['feed']['pull']>['documents'][number];
const VIEWED = ['journal', 'artists', 'albums', 'rollups'] as const;
type Viewed = (typeof VIEWED)[number];
const MOST: Record<Viewed, number> = { journal: 20, artists: 500, albums: 200, rollups: 200 };
/** Pages put into the journal at a time: each time costs a copy of it, and with more than 50 it would be put together anew. */
const PAGES_AT_ONCE = 30;

/** What was read, and how far in the feed. */
interface Held {
  journal: JournalColumns;
  library: LibraryIndex;
  rollups: Map<string, MonthlyRollup>;
  /** Pages read that the journal does not have yet, by id; null for one that is gone. */
  pages: Map<string, JournalPage | null>;
  seqs: Record<Viewed, number>;
  /** Where the whole feed stood when it was last followed to the end. */
  seq: number;
  analysis: Analysis | null;
}

/**
 * The journal and the library in memory, made of the very documents that devices replicate, so that both count the same. Read
 * at the first use, brought up to date from the change feed by each further one, released when nobody used it for a while.
 */
export class LibraryView {
  readonly #library: Library;
  readonly #calendar: () => Calendar;
  readonly #clock: Clock;
  #held: Held | null = null;
  #reading: Promise<unknown> = Promise.resolve();
  #idleTimer = new AbortController();

  constructor({ library, calendar, clock }: { library: Library; calendar: () => Calendar; clock: Clock }) {
    this.#library = library;
    this.#calendar = calendar;
    this.#clock = clock;
  }

  /** Everything as of now. What it answers is to be used before the next `await`, or it may have moved on. */
  async analysis(): Promise<Analysis> {
    this.#idleTimer.abort();
    const reading = this.#reading.then(() => this.#inStep());
    // Whoever asked hears of a failure; the next one tries again.
    this.#reading = reading.then(
      () => this.#releaseWhenIdle(),
      () => (this.#held = null),
    );
    return reading;
  }

  /** How many listens are held in memory. */
  get listens(): number {
    return this.#held?.journal.length ?? 0;
  }

  close(): void {
    this.#idleTimer.abort();
    this.#held = null;
  }

  async #inStep(): Promise<Analysis> {
    const held = (this.#held ??= nothing(() => likelyNow(this.#library.time())));
    const { feed } = this.#library;
    const seq = feed.lastSeq();
    if (held.seq !== seq) {
      for (const collection of VIEWED) await this.#follow(held, collection);
      await prepareLengths(held.library);
      held.seq = seq;
    }
    const calendar = this.#calendar();
    if (held.analysis?.journal !== held.journal || held.analysis.calendar !== calendar) {
      const { journal, library, rollups } = held;
      held.analysis = new Analysis({ journal, library, calendar, rollups: [...rollups.values()] });
    }
    return held.analysis;
  }

  /** Reads one collection to the end of the feed, a slice at a time. */
  async #follow(held: Held, collection: Viewed): Promise<void> {
    for (let limit = FIRST_SLICE; ; await turn()) {
      const started = performance.now();
      const { documents, seq } = this.#library.feed.pull(collection, held.seqs[collection], limit);
      take(held, collection, documents);
      held.seqs[collection] = seq;
      if (documents.length < limit) break;
      const took = performance.now() - started;
      limit = took > AIM_MS ? Math.max(1, Math.floor((limit * AIM_MS) / took)) : Math.min(MOST[collection], limit * 2);
    }
    enterPages(held);
  }

  #releaseWhenIdle(): void {
    this.#idleTimer.abort();
    const idleTimer = (this.#idleTimer = new AbortController());
    void this.#clock.sleep(IDLE_MS, idleTimer.signal).then(
      () => (this.#held = null),
      (reason: unknown) => {
        if (!idleTimer.signal.aborted) throw reason;
      },
    );
  }
}

/** Reckons how long tracks play whose length is unknown, a slice at a time. */
async function prepareLengths(library: LibraryIndex): Promise<void> {
  for (let isDone = false; !isDone; await turn()) {
    const started = performance.now();
    isDone = trackLengths(library).prepare(() => performance.now() - started > AIM_MS);
  }
}

/** @param now what time it most likely is. */
function nothing(now: () => number): Held {
  return {
    journal: JournalColumns.fromPages([], now),
    library: new LibraryIndex(),
    rollups: new Map(),
    pages: new Map(),
    seqs: { journal: 0, artists: 0, albums: 0, rollups: 0 },
    seq: -1,
    analysis: null,
  };
}

function take(held: Held, collection: Viewed, documents: readonly Pulled[]): void {
  const gone = documents.filter((document) => document._deleted).map(({ id }) => id);
  const there: unknown[] = documents.filter((document) => !document._deleted);
  switch (collection) {
    case 'journal':
      for (const id of gone) held.pages.set(id, null);
      for (const page of there as JournalPage[]) held.pages.set(page.id, page);
      if (held.pages.size >= PAGES_AT_ONCE) enterPages(held);
      return;
    case 'artists':
      for (const id of gone) held.library.removeArtist(id);
      for (const artist of there as ArtistDocument[]) held.library.setArtist(artist);
      return;
    case 'albums':
      for (const id of gone) held.library.removeAlbum(id);
      for (const album of there as AlbumDocument[]) held.library.setAlbum(album);
      return;
    case 'rollups':
      for (const id of gone) held.rollups.delete(id);
      for (const rollup of there as MonthlyRollup[]) held.rollups.set(rollup.id, rollup);
      if (documents.length > 0) held.analysis = null;
  }
}

function enterPages(held: Held): void {
  const changed = [...held.pages.values()].filter((page) => page !== null);
  const gone = [...held.pages].filter(([, page]) => page === null).map(([id]) => id);
  held.journal = held.journal.withPages(changed, gone);
  held.pages.clear();
}
