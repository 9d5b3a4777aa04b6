import type { Library } from '#server/library/api/library.ts';
import { Device } from '#server/library/testing/library.ts';
import type { Listen } from '#shared/journal/listen.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { HouseholdDocument } from '#shared/library/household.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import { Catalogue } from '../../../web/lib/library/catalogue.ts';
import type { AlbumEntry } from '../../../web/lib/library/catalogueTypes.ts';
import { JournalStore } from '../../../web/lib/library/journal.ts';
import { optimisticStateOf } from '../../../web/lib/library/optimisticState.ts';
import { TurntableStore } from '../../../web/lib/library/turntable.ts';

const silent = () => ({ track: () => undefined, bump: () => undefined });

/** What a page shows, without the ids: what a device made has others until the server has answered. */
export interface View {
  albums: AlbumView[];
  artists: ArtistView[];
  listens: ListenView[];
  playing: unknown[];
}

interface AlbumView extends Pick<AlbumEntry, 'title' | 'rating' | 'imageId' | 'support'> {
  artists: string[];
  copies: number;
  note: string | null;
  loved: string[];
}

interface ArtistView {
  name: string;
  aliases: string[];
  loved: string[];
}

interface ListenView extends Pick<Listen, 'playedAt' | 'source' | 'witnesses'> {
  title: string | undefined;
  note: string;
}

/** A device that pulls from a library and shows it with the app's own code, under the mutations that it waits for: one session of the app. */
export class ShowingDevice {
  readonly #pulled = new Device();
  readonly #catalogue = new Catalogue(silent());
  #now = 0;
  readonly #journal = new JournalStore(this.#catalogue, silent(), () => this.#now);
  readonly #shownKeys = new Map<string, Set<string>>();

  sync(library: Library): void {
    this.#pulled.sync(library);
  }

  /** @param pending mutations that the server has not answered, or whose effects it has not sent. @param now milliseconds since the epoch. */
  show(pending: readonly MutationDocument[], now: number): View {
    this.#now = now;
    const catalogue = this.#catalogue;
    const journal = this.#journal;
    const turntable = new TurntableStore(
      () => now,
      (_playing, listens) => journal.setTurntable(listens),
    );
    const albums = this.#documents<AlbumDocument>('albums');
    const artists = this.#documents<ArtistDocument>('artists');
    catalogue.setArtists({ documents: artists, removed: this.#gone('artists') });
    catalogue.setAlbums({ documents: albums, removed: this.#gone('albums') });
    catalogue.keepArtists(artists);
    catalogue.keepAlbums(albums);
    journal.setPages({ documents: this.#documents<JournalPage>('journal'), removed: this.#gone('journal') });
    for (const { turntable: sessions = [] } of this.#documents<HouseholdDocument>('household')) turntable.set(sessions);
    for (const index of pending.keys()) this.#rememberBefore(pending, index);
    const state = optimisticStateOf(pending, {});
    journal.setOptimistic(state);
    turntable.setOptimistic(state);
    catalogue.setOptimistic(state);
    catalogue.keepArtists(artists);
    catalogue.keepAlbums(albums);
    const view = {
      albums: [...catalogue.albums.values()]
        .filter(({ id }) => !state.hiddenAlbums.has(id))
        .map((entry) => albumView(entry, catalogue)),
      artists: [...catalogue.artists.keys()]
        .filter((id) => !state.hiddenArtists.has(id))
        .map((id) => artistView(catalogue.artistDocument(id)!)),
      listens: listensView(journal, catalogue),
      playing: turntable.running.map(({ playedAt, tracks, moves }) => ({ playedAt, tracks: tracks.length, moves })),
    };
    turntable.set([]);
    return view;
  }

  /** As the app does when a person is about to take listens away: those that the mutation hides are remembered as they are shown. */
  #rememberBefore(pending: readonly MutationDocument[], index: number): void {
    const journal = this.#journal;
    const shownWith = (count: number): Set<number> => {
      journal.setOptimistic(optimisticStateOf(pending.slice(0, count), {}));
      return new Set(journal.columns.id);
    };
    const after = shownWith(index + 1);
    for (const id of shownWith(index)) if (!after.has(id)) journal.remember(id);
  }

  /** The keys of what was shown before and is no longer in the collection. */
  #gone(collection: string): string[] {
    const prefix = `${collection}:`;
    const keys = [...this.#pulled.documents.keys()].flatMap((key) =>
      key.startsWith(prefix) ? [key.slice(prefix.length)] : [],
    );
    const gone = [...(this.#shownKeys.get(collection) ?? [])].filter((key) => !keys.includes(key));
    this.#shownKeys.set(collection, new Set(keys));
    return gone;
  }

  #documents<T>(collection: string): T[] {
    return [...this.#pulled.documents].flatMap(([key, document]) =>
      key.startsWith(`${collection}:`) ? [document as T] : [],
    );
  }
}

/** In an order that no id makes. */
export const inOrder = <T>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

function albumView(
  { id, title, artists, rating, imageId, support, manualCopies }: AlbumEntry,
  catalogue: Catalogue,
): AlbumView {
  const document = catalogue.albumDocument(id);
  return {
    title,
    artists: artists.map(({ name }) => name),
    rating,
    imageId,
    support,
    copies: manualCopies.length,
    note: document?.note ?? null,
    loved: (document?.tracks ?? []).filter(({ loved }) => loved).map((track) => track.title),
  };
}

const artistView = ({ name, aliases = [], tracks }: ArtistDocument): ArtistView => ({
  name,
  aliases: aliases.map((alias) => alias.name).sort(),
  loved: tracks.filter(({ loved }) => loved).map(({ title }) => title),
});

function listensView(journal: JournalStore, catalogue: Catalogue): ListenView[] {
  const { columns } = journal;
  return Array.from({ length: columns.length }, (_, row) => {
    const { id, playedAt, trackId, source, witnesses: reportCount } = columns.listen(row);
    return {
      playedAt,
      title: catalogue.titleOf(trackId) ?? catalogue.optimistic.named.get(trackId)?.title,
      source,
      witnesses: reportCount,
      note: journal.listen(id)?.note ?? '',
    };
  });
}
