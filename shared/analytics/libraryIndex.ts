import { isOwned, type AlbumDocument } from '../library/album.ts';
import type { ArtistDocument } from '../library/artist.ts';
import { type Credit, isWholeRecord, type Track } from '../library/track.ts';
import { IdTable } from './idTable.ts';
import { NameTable } from './nameTable.ts';

/** Says in `trackAlbum` that no document carries the track now. */
export const NOWHERE = -1;

const isHeading = ({ kind }: Pick<Track, 'kind'>): boolean => kind === 'heading';

/** What the library says of one track. */
export interface TrackFacts {
  trackId: number;
  title: string;
  /** The album that carries it; null for a track heard without any album. */
  albumId: string | null;
  artistIds: string[];
  durationSeconds: number | null;
  loved: boolean;
}

/**
 * The library in dense columns, for everything that counts: tracks, albums and artists are numbered from 0 in the order of
 * their coming, and a number keeps its meaning as long as the index lives. Documents are set and removed one at a time, in any
 * order; what is derived from the index is derived anew when `version` has moved.
 */
export class LibraryIndex {
  /** Moves with every change. */
  version = 0;

  readonly trackIds: number[] = [];
  readonly trackTitles: string[] = [];
  /** The album's number; {@link NOWHERE}; or for a track on its artist's document −2 − the artist's number. */
  readonly trackAlbum: number[] = [];
  /** 0 where the duration is unknown. */
  readonly trackSeconds: number[] = [];
  readonly trackLoved: (0 | 1)[] = [];
  /** 1 for a part of an index track. */
  readonly trackIsPart: (0 | 1)[] = [];
  /** 1 for a heading: it is never played, but a listen that names it counts like any other. */
  readonly trackIsHeading: (0 | 1)[] = [];
  /** 1 for a whole record that was heard as one. */
  readonly trackIsWhole: (0 | 1)[] = [];
  /** Numbers of the track's artists, each once, in the order of their credit. */
  readonly trackArtists: (readonly number[])[] = [];

  readonly albumIds: string[] = [];
  readonly albumTitles: string[] = [];
  /** 0 where the year is unknown. */
  readonly albumYears: number[] = [];
  /** A number of `supports`; −1 for none. */
  readonly albumSupport: number[] = [];
  readonly albumOwned: (0 | 1)[] = [];
  readonly albumWanted: (0 | 1)[] = [];
  /** 0 once the document is removed. */
  readonly albumPresent: (0 | 1)[] = [];
  readonly albumGroup: number[] = [];
  readonly albumGenres: (readonly number[])[] = [];
  readonly albumStyles: (readonly number[])[] = [];
  readonly albumLabels: (readonly number[])[] = [];
  readonly albumArtists: (readonly number[])[] = [];
  readonly albumTracks: (readonly number[])[] = [];

  /** Numbers of the albums that share a Discogs master; an album without one is a group of its own. */
  readonly groupAlbums: (readonly number[])[] = [];

  readonly artistIds: string[] = [];
  readonly artistNames: string[] = [];

  readonly supports = new NameTable();
  readonly genres = new NameTable();
  readonly styles = new NameTable();
  readonly labels = new NameTable();

  readonly #tracks = new IdTable();
  readonly #albums = new Map<string, number>();
  readonly #artists = new Map<string, number>();
  readonly #groups = new NameTable();
  readonly #looseTracks = new Map<number, readonly number[]>();
  /** Headings of each album: no track of its list, but a listen of one counts as any other. */
  readonly #headings = new Map<number, readonly number[]>();

  static from(albums: Iterable<AlbumDocument>, artists: Iterable<ArtistDocument>): LibraryIndex {
    const index = new LibraryIndex();
    for (const artist of artists) index.setArtist(artist);
    for (const album of albums) index.setAlbum(album);
    return index;
  }

  /** −1 when no document ever named the track. */
  trackIndex(trackId: number): number {
    return this.#tracks.get(trackId);
  }

  /** The number of every track id, −1 where it is unknown. */
  trackIndexes(trackIds: Int32Array): Int32Array {
    return this.#tracks.mapAll(trackIds);
  }

  /** −1 when no such document ever came. */
  albumIndex(albumId: string): number {
    return this.#albums.get(albumId) ?? -1;
  }

  /** −1 when neither a document nor a credit ever named the artist. */
  artistIndex(artistId: string): number {
    return this.#artists.get(artistId) ?? -1;
  }

  /** What is known of a track; `undefined` when no document carries it. */
  track(trackId: number): TrackFacts | undefined {
    const track = this.trackIndex(trackId);
    const album = this.trackAlbum[track] ?? NOWHERE;
    if (album === NOWHERE) return undefined;
    return {
      trackId,
      title: this.trackTitles[track]!,
      albumId: this.albumIds[album] ?? null,
      artistIds: this.trackArtists[track]!.map((artist) => this.artistIds[artist]!),
      durationSeconds: this.trackSeconds[track] || null,
      loved: this.trackLoved[track] === 1,
    };
  }

  /** The year a group of pressings first came out: the earliest year among them; 0 when none has one. */
  originalYear(group: number): number {
    let earliest = 0;
    for (const album of this.groupAlbums[group]!) {
      const year = this.albumYears[album]!;
      if (year > 0 && (earliest === 0 || year < earliest)) earliest = year;
    }
    return earliest;
  }

  setAlbum(document: AlbumDocument): void {
    const album = this.#albumNumber(document.id);
    this.#releaseAlbum(album);
    this.albumTitles[album] = document.title;
    this.albumYears[album] = document.year ?? 0;
    this.albumSupport[album] = document.support === null ? -1 : this.supports.indexOf(document.support);
    this.albumOwned[album] = isOwned(document) ? 1 : 0;
    this.albumWanted[album] = document.wanted ? 1 : 0;
    this.albumPresent[album] = 1;
    this.albumGenres[album] = this.genres.indexesOf(document.genres);
    this.albumStyles[album] = this.styles.indexesOf(document.styles);
    this.albumLabels[album] = this.labels.indexesOf(document.labels.map(({ name }) => name));
    this.albumArtists[album] = this.#artistNumbers(document.artists);
    this.#moveToGroup(album, document.masterId ? `master ${document.masterId}` : `album ${document.id}`);
    this.albumTracks[album] = this.#holdTracks(
      document.tracks,
      album,
      this.albumArtists[album],
      (track) => !isHeading(track),
    );
    const headings = this.#holdTracks(document.tracks, album, this.albumArtists[album], isHeading);
    if (headings.length > 0) this.#headings.set(album, headings);
    this.version++;
  }

  removeAlbum(albumId: string): void {
    const album = this.albumIndex(albumId);
    if (album < 0 || !this.albumPresent[album]) return;
    this.#releaseAlbum(album);
    this.albumTracks[album] = [];
    this.albumPresent[album] = 0;
    this.albumOwned[album] = 0;
    this.#removeFromGroup(album);
    this.version++;
  }

  setArtist(document: ArtistDocument): void {
    const artist = this.#artistNumber(document.id, document.name);
    const owner = -2 - artist;
    this.artistNames[artist] = document.name;
    this.#releaseTracks(this.#looseTracks.get(artist) ?? [], owner);
    this.#looseTracks.set(artist, this.#holdTracks(document.tracks, owner, [artist]));
    this.version++;
  }

  removeArtist(artistId: string): void {
    const artist = this.artistIndex(artistId);
    if (artist < 0) return;
    this.#releaseTracks(this.#looseTracks.get(artist) ?? [], -2 - artist);
    this.#looseTracks.delete(artist);
    this.version++;
  }

  #holdTracks(
    tracks: readonly Track[],
    owner: number,
    artists: readonly number[],
    isHeld: (track: Track) => boolean = () => true,
  ): number[] {
    const held: number[] = [];
    for (let place = 0; place < tracks.length; place++) {
      if (!isHeld(tracks[place]!)) continue;
      const { id, title, durationSeconds, loved, artists: own, kind } = tracks[place]!;
      let track = this.#tracks.get(id);
      if (track < 0) {
        track = this.trackIds.push(id) - 1;
        this.#tracks.set(id, track);
      }
      this.trackTitles[track] = title;
      this.trackAlbum[track] = owner;
      this.trackSeconds[track] = durationSeconds ?? 0;
      this.trackLoved[track] = loved ? 1 : 0;
      this.trackIsPart[track] = kind === 'sub-track' ? 1 : 0;
      this.trackIsHeading[track] = kind === 'heading' ? 1 : 0;
      this.trackIsWhole[track] = isWholeRecord(tracks[place]!, tracks[place + 1]) ? 1 : 0;
      this.trackArtists[track] = own && own.length > 0 ? this.#artistNumbers(own) : artists;
      held.push(track);
    }
    return held;
  }

  #releaseAlbum(album: number): void {
    this.#releaseTracks([...this.albumTracks[album]!, ...(this.#headings.get(album) ?? [])], album);
    this.#headings.delete(album);
  }

  /** A track that another document has taken over stays there. */
  #releaseTracks(tracks: readonly number[], owner: number): void {
    for (const track of tracks) if (this.trackAlbum[track] === owner) this.trackAlbum[track] = NOWHERE;
  }

  #albumNumber(albumId: string): number {
    let album = this.#albums.get(albumId);
    if (album === undefined) {
      album = this.albumIds.push(albumId) - 1;
      this.#albums.set(albumId, album);
      this.albumTracks[album] = [];
      this.albumGroup[album] = -1;
    }
    return album;
  }

  #artistNumber(artistId: string, name: string): number {
    let artist = this.#artists.get(artistId);
    if (artist === undefined) {
      artist = this.artistIds.push(artistId) - 1;
      this.#artists.set(artistId, artist);
      this.artistNames[artist] = name;
    }
    return artist;
  }

  #artistNumbers(credits: readonly Credit[]): number[] {
    if (credits.length === 1) return [this.#artistNumber(credits[0]!.id, credits[0]!.name)];
    return [...new Set(credits.map(({ id, name }) => this.#artistNumber(id, name)))];
  }

  #moveToGroup(album: number, key: string): void {
    const group = this.#groups.indexOf(key);
    if (this.albumGroup[album] === group && this.groupAlbums[group]!.includes(album)) return;
    this.#removeFromGroup(album);
    this.albumGroup[album] = group;
    this.groupAlbums[group] = [...(this.groupAlbums[group] ?? []), album];
  }

  #removeFromGroup(album: number): void {
    const group = this.albumGroup[album]!;
    if (group >= 0) this.groupAlbums[group] = this.groupAlbums[group]!.filter((member) => member !== album);
  }
}
