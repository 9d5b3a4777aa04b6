import type { PlayingTime } from '#shared/analytics/playingTime.ts';
import { trackLengths } from '#shared/analytics/trackLengths.ts';
import { LibraryIndex } from '#shared/analytics/libraryIndex.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { Credit, Track } from '#shared/library/track.ts';
import { foldForSearch } from '#shared/matching/fold.ts';
import type { Changes } from '../replica/types.ts';
import { creditLine } from './credits.ts';
import { albumEntry, artistEntry, isManualCopy } from './entries.ts';
import type { OptimisticState } from '#shared/mutations/optimisticState.ts';
import { NO_MUTATIONS } from './optimisticState.ts';
import { optimisticAlbum, optimisticArtist, recordAsAlbum } from './optimisticDocuments.ts';
import type { Signal } from './signal.ts';
import type { AlbumEntry, ArtistEntry } from './types.ts';

/** Whole documents in memory, the latest loaded. */
const MAX_CACHED = 400;

/**
 * Every album and artist in memory: light entries for lists, columns for counting, and the whole documents that were loaded
 * last. Holds what this device shows: the server's documents with the person's pending mutations laid over them.
 */
export class Catalogue {
  readonly index = new LibraryIndex();
  readonly albums = new Map<string, AlbumEntry>();
  readonly artists = new Map<string, ArtistEntry>();
  /** Moves with every change. */
  version = 0;
  readonly signal: Signal;
  readonly #albumDocuments = new Map<string, AlbumDocument>();
  readonly #artistDocuments = new Map<string, ArtistDocument>();
  /** Artists of tracks that have their own, as printed. */
  readonly #trackLines = new Map<number, string>();
  /** Where that is now which had another id: a merged album, or a record under the name its device gave it. */
  readonly #redirects = new Map<string, string>();
  readonly #artistRedirects = new Map<string, string>();
  #optimistic: OptimisticState = NO_MUTATIONS;

  constructor(signal: Signal) {
    this.signal = signal;
  }

  get optimistic(): OptimisticState {
    return this.#optimistic;
  }

  setAlbums({ documents, removed }: Changes<AlbumDocument>): void {
    for (const id of removed) {
      this.albums.delete(id);
      this.#albumDocuments.delete(id);
      this.index.removeAlbum(id);
    }
    for (const document of documents) this.#setAlbum(document);
    this.#changed();
  }

  setArtists({ documents, removed }: Changes<ArtistDocument>): void {
    for (const id of removed) {
      this.artists.delete(id);
      this.#artistDocuments.delete(id);
      this.index.removeArtist(id);
    }
    for (const document of documents) this.#setArtist(document);
    this.#changed();
  }

  /**
   * Lays other mutations over the documents; what they add to what is in memory shows at once.
   * @returns the albums and artists whose documents have to be set again for it: what mutations no longer change is not in memory.
   */
  setOptimistic(state: OptimisticState): { albums: string[]; artists: string[] } {
    const before = this.#optimistic;
    this.#optimistic = state;
    const albums = new Set([...changedKeys(before.ratings, state.ratings), ...changedKeys(before.notes, state.notes)]);
    for (const id of changedKeys(before.covers, state.covers)) albums.add(id);
    for (const id of this.#withOtherCopies(before, state)) albums.add(id);
    const artists = new Set(changedKeys(before.aliases, state.aliases));
    for (const trackId of changedKeys(before.loves, state.loves)) {
      const facts = this.index.track(trackId);
      if (facts?.albumId != null) albums.add(facts.albumId);
      else for (const id of facts?.artistIds ?? []) artists.add(id);
    }
    this.#applyOptimistic(albums, artists);
    this.#setManualAlbums(before, state);
    this.#changed();
    return { albums: [...albums], artists: [...artists] };
  }

  #applyOptimistic(albums: Iterable<string>, artists: Iterable<string>): void {
    for (const id of albums) {
      const [document, entry, rating] = [
        this.#albumDocuments.get(id),
        this.albums.get(id),
        this.#optimistic.ratings.get(id),
      ];
      if (document) this.#setAlbum(document);
      else if (entry && rating !== undefined) this.albums.set(id, { ...entry, rating });
    }
    for (const id of artists) {
      const document = this.#artistDocuments.get(id);
      if (document) this.#setArtist(document);
    }
  }

  /** The id by which an album goes now, given one it may have had. */
  resolveAlbumId(id: string): string {
    const survivor = this.#redirects.get(id);
    return this.albums.has(id) || survivor === undefined || !this.albums.has(survivor) ? id : survivor;
  }

  /** The id by which an artist goes now, given one they may have had. */
  resolveArtistId(id: string): string {
    const survivor = this.#artistRedirects.get(id);
    return this.artists.has(id) || survivor === undefined || !this.artists.has(survivor) ? id : survivor;
  }

  albumDocument(id: string): AlbumDocument | undefined {
    return this.#albumDocuments.get(id);
  }

  artistDocument(id: string): ArtistDocument | undefined {
    return this.#artistDocuments.get(id);
  }

  /** Keeps these documents at hand; they may be known already. */
  keepAlbums(documents: readonly AlbumDocument[]): void {
    for (const document of documents) keep(this.#albumDocuments, document.id, this.#setAlbum(document));
    this.#changed();
  }

  keepArtists(documents: readonly ArtistDocument[]): void {
    for (const document of documents) keep(this.#artistDocuments, document.id, this.#setArtist(document));
    this.#changed();
  }

  /** Where listens of this track go: its album, or minus its artist; 0 while unknown. */
  ownerOf(trackId: number): number {
    const facts = this.index.track(trackId);
    if (!facts) return Number(this.resolveAlbumId(this.#optimistic.named.get(trackId)?.albumId ?? '0')) || 0;
    return facts.albumId === null ? -Number(facts.artistIds[0] ?? 0) : Number(facts.albumId);
  }

  /** Undefined as long as its document is not here. */
  titleOf(trackId: number): string | undefined {
    return this.index.track(trackId)?.title;
  }

  /** How long a track plays, known or estimated. */
  playingTime(trackId: number): PlayingTime {
    return this.#optimistic.named.get(trackId)?.time ?? trackLengths(this.index).time(this.index.trackIndex(trackId));
  }

  /** The artists of a track and how they are printed. */
  trackArtists(trackId: number): { artists: readonly Credit[]; line: string } {
    const facts = this.index.track(trackId);
    const own = this.#trackLines.get(trackId);
    const album = facts?.albumId == null ? undefined : this.albums.get(facts.albumId);
    if (own === undefined && album) return { artists: album.artists, line: album.artistLine };
    const artists = (facts?.artistIds ?? []).map((id) => ({ id, name: this.artistName(id) }));
    return { artists, line: own ?? creditLine(artists) };
  }

  artistName(id: string): string {
    return this.artists.get(id)?.name ?? this.index.artistNames[this.index.artistIndex(id)] ?? '';
  }

  #setAlbum(document: AlbumDocument): AlbumDocument {
    const shown = optimisticAlbum(document, this.#optimistic);
    this.albums.set(shown.id, albumEntry(shown));
    this.index.setAlbum(shown);
    this.#setLines(shown.tracks);
    for (const { id } of document.merged ?? []) this.#redirects.set(id, document.id);
    for (const { instanceId } of document.copies)
      if (isManualCopy(instanceId)) this.#redirects.set(instanceId, document.id);
    if (this.#albumDocuments.has(shown.id)) this.#albumDocuments.set(shown.id, shown);
    return shown;
  }

  /** Albums of which a manual copy was added or removed. */
  #withOtherCopies(before: OptimisticState, after: OptimisticState): string[] {
    const added = changedKeys(before.manualAlbums, after.manualAlbums).map(
      (alias) => (after.manualAlbums.get(alias) ?? before.manualAlbums.get(alias))?.albumId,
    );
    const removed = [...before.removedCopies, ...after.removedCopies]
      .filter((alias) => before.removedCopies.has(alias) !== after.removedCopies.has(alias))
      .map((alias) => this.#redirects.get(alias));
    return [...added, ...removed].filter((id) => id !== undefined);
  }

  #setArtist(document: ArtistDocument): ArtistDocument {
    const shown = optimisticArtist(document, this.#optimistic);
    this.artists.set(shown.id, artistEntry(shown));
    for (const { id } of document.aliases ?? []) if (id !== undefined) this.#artistRedirects.set(id, document.id);
    this.index.setArtist(shown);
    this.#setLines(shown.tracks);
    if (this.#artistDocuments.has(shown.id)) this.#artistDocuments.set(shown.id, shown);
    return shown;
  }

  #setLines(tracks: readonly Track[]): void {
    for (const { id, artists } of tracks) {
      if (artists && artists.length > 0) this.#trackLines.set(id, creditLine(artists));
      else this.#trackLines.delete(id);
    }
  }

  #setManualAlbums(before: OptimisticState, after: OptimisticState): void {
    for (const alias of before.manualAlbums.keys()) {
      if (after.manualAlbums.has(alias)) continue;
      this.albums.delete(alias);
      this.#albumDocuments.delete(alias);
      this.index.removeAlbum(alias);
    }
    for (const alias of after.manualAlbums.keys()) {
      const album = recordAsAlbum(alias, after, {
        addedAt: Math.floor(Date.now() / 1_000),
        artistNamed: (name) => this.#artistNamed(name),
      });
      if (album) keep(this.#albumDocuments, alias, this.#setAlbum(album));
    }
  }

  #artistNamed(name: string): string | undefined {
    const folded = foldForSearch(name);
    for (const { id, name: known } of this.artists.values()) if (foldForSearch(known) === folded) return id;
    return undefined;
  }

  #changed(): void {
    this.version++;
    this.signal.bump();
  }
}

function changedKeys<K, V>(before: ReadonlyMap<K, V>, after: ReadonlyMap<K, V>): K[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => before.get(key) !== after.get(key) || before.has(key) !== after.has(key));
}

function keep<T>(documents: Map<string, T>, id: string, document: T): void {
  documents.delete(id);
  documents.set(id, document);
  if (documents.size > MAX_CACHED) documents.delete(documents.keys().next().value!);
}
