import * as v from 'valibot';
import { AlbumDocument } from '#shared/library/album.ts';
import { ArtistDocument } from '#shared/library/artist.ts';
import { HouseholdDocument } from '#shared/library/household.ts';
import { JournalPage } from '#shared/journal/page.ts';
import { sizeProblem } from '#shared/journal/pageSizes.ts';
import type { KeyValue } from '../replica/metadataStore.ts';
import type { Changes } from '../replica/types.ts';
import { readStored } from '../stored.ts';
import { versions } from '../replica/versions.ts';

/** What the Journal shows first: its newest pages, and what their latest listens were of. */
export interface InitialSnapshot {
  household: HouseholdDocument[];
  pages: JournalPage[];
  albums: AlbumDocument[];
  artists: ArtistDocument[];
}

const KEY = 'aime.glimpse';
/** The version of its format: after a change of format the replica is waited for, once. */
const SHAPE = JSON.stringify(versions);
const StoredSnapshot = v.object({
  shape: v.literal(SHAPE),
  household: v.array(HouseholdDocument),
  pages: v.array(JournalPage),
  albums: v.array(AlbumDocument),
  artists: v.array(ArtistDocument),
});
const PAGES = 2;
/** Listens of each page whose albums are stored with it: more than any window shows. */
const LISTENS = 60;

/**
 * Keeps the first screen beside the replica, where it is read at once: opening the databases takes most of the time until the first
 * rows. Only what the server has confirmed is stored; while a mutation waits there is no cache, because it would show the state before it.
 */
export class BootstrapCache {
  readonly #store: KeyValue | undefined;
  #pages: JournalPage[] = [];
  #holdsBack = false;

  /** @param store undefined where the browser refuses to store anything. */
  constructor(store: KeyValue | undefined) {
    this.#store = store;
  }

  read(): InitialSnapshot | undefined {
    const text = this.#store?.getItem(KEY);
    if (!text) return undefined;
    const stored = readStored(StoredSnapshot, text);
    // Cut short by whatever, or of another shape: it is written anew once the replica is open.
    if (!stored) this.forget();
    return stored;
  }

  forget(): void {
    this.#store?.removeItem(KEY);
  }

  /** While the person's mutations lie over what the server sent, what is shown first has to come from the replica. */
  holdBack(pending: boolean): void {
    this.#holdsBack = pending;
    if (pending) this.forget();
  }

  /** Takes note of the journal's pages as they arrive. */
  pagesChanged({ documents, removed }: Changes<JournalPage>): void {
    const gone = new Set([...removed, ...documents.map(({ id }) => id)]);
    const readable = documents.filter((page) => sizeProblem(page) === null);
    this.#pages = [...this.#pages.filter(({ id }) => !gone.has(id)), ...readable].sort(newestFirst).slice(0, PAGES);
  }

  /** @param get looks documents up in the replica. */
  async write(get: {
    household: () => Promise<HouseholdDocument[]>;
    albums: (ids: string[]) => Promise<AlbumDocument[]>;
    artists: (ids: string[]) => Promise<ArtistDocument[]>;
  }): Promise<void> {
    const pages = this.#pages;
    if (!this.#store || this.#holdsBack || pages.length === 0) return;
    const ownerIds = [...new Set(pages.flatMap(({ h }) => h.slice(-LISTENS)))];
    const idsOf = (sign: 1 | -1) =>
      ownerIds.filter((ownerId) => Math.sign(ownerId) === sign).map((ownerId) => String(ownerId * sign));
    const [household, albums] = await Promise.all([get.household(), get.albums(idsOf(1))]);
    const artists = await get.artists([
      ...new Set([...idsOf(-1), ...albums.flatMap((album) => album.artists.map(({ id }) => String(id)))]),
    ]);
    if (this.#holdsBack || pages !== this.#pages) return;
    const snapshot: InitialSnapshot = { household, pages, albums, artists };
    try {
      this.#store.setItem(KEY, JSON.stringify({ shape: SHAPE, ...snapshot }));
    } catch {
      // No room for it: the first rows then wait for the replica.
      this.forget();
    }
  }
}

function newestFirst(one: JournalPage, other: JournalPage): number {
  const [month, number = '0'] = one.id.split('.');
  const [otherMonth, otherNumber = '0'] = other.id.split('.');
  if (month !== otherMonth) return (month ?? '') < (otherMonth ?? '') ? 1 : -1;
  return Number(otherNumber) - Number(number);
}
