import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { Changes } from '../../replica/types.ts';
import { creditLine } from '../credits.ts';
import type { Signal } from '../signal.ts';
import type { Search, SearchAnswer } from '../types.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import type { Named } from './nameIndex.ts';

const LIMIT = 8;

/** Search over every name, in a worker: the page's thread only hands names over and takes results. */
export class SearchStore implements Search {
  readonly #signal: Signal;
  readonly #start: () => Worker;
  #worker: Worker | undefined;
  #ready = false;
  #number = 0;
  #waiting: { number: number; resolve: (answer: SearchAnswer | null) => void } | undefined;
  /** Tracks of each album and artist as they were handed over, to take back those that are gone. */
  readonly #tracks = new Map<string, readonly string[]>();

  /** @param start starts the worker; called when there is something to hand over. */
  constructor(signal: Signal, start: () => Worker) {
    this.#signal = signal;
    this.#start = start;
  }

  get ready(): boolean {
    this.#signal.track();
    return this.#ready;
  }

  find(query: string, limit = LIMIT): Promise<SearchAnswer | null> {
    this.#waiting?.resolve(null);
    const number = ++this.#number;
    this.#tell({ ask: 'find', number, query, limit });
    return new Promise((resolve) => {
      this.#waiting = { number, resolve };
    });
  }

  setComplete(): void {
    this.#ready = true;
    this.#signal.bump();
  }

  setAlbums({ documents, removed }: Changes<AlbumDocument>): void {
    const items: Named[] = [];
    for (const { id, title, artists, tracks } of documents) {
      const line = creditLine(artists);
      items.push({ kind: 'album', id, name: title, detail: line });
      const named = tracks.filter(({ kind }) => kind !== 'heading');
      this.#setTracks(`album ${id}`, named.map((track) => String(track.id)));
      for (const track of named) {
        const artistLine = track.artists?.length ? creditLine(track.artists) : line;
        items.push({ kind: 'track', id: String(track.id), name: track.title, detail: `${artistLine} · ${title}`, holder: Number(id) });
      }
    }
    for (const id of removed) this.#setTracks(`album ${id}`, []);
    this.#hand('album', items, removed);
  }

  setArtists({ documents, removed }: Changes<ArtistDocument>): void {
    const items: Named[] = [];
    for (const { id, name, aliases = [], tracks } of documents) {
      items.push({ kind: 'artist', id, name, detail: aliases.map((alias) => alias.name).join(' · ') });
      this.#setTracks(`artist ${id}`, tracks.map((track) => String(track.id)));
      for (const track of tracks) {
        items.push({ kind: 'track', id: String(track.id), name: track.title, detail: name, holder: -Number(id) });
      }
    }
    for (const id of removed) this.#setTracks(`artist ${id}`, []);
    this.#hand('artist', items, removed);
  }

  setPlaylists({ documents, removed }: Changes<PlaylistDocument>): void {
    this.#hand(
      'playlist',
      documents.map(({ id, name }) => ({ kind: 'playlist', id, name, detail: '' })),
      removed,
    );
  }

  #setTracks(holder: string, ids: readonly string[]): void {
    const before = this.#tracks.get(holder) ?? [];
    if (ids.length > 0) this.#tracks.set(holder, ids);
    else this.#tracks.delete(holder);
    const kept = new Set(ids);
    const gone = before.filter((id) => !kept.has(id));
    if (gone.length > 0) this.#tell({ ask: 'remove', kind: 'track', ids: gone });
  }

  #hand(kind: Named['kind'], items: Named[], removed: string[]): void {
    if (removed.length > 0) this.#tell({ ask: 'remove', kind, ids: removed });
    if (items.length > 0) this.#tell({ ask: 'set', items });
  }

  #answered({ number, answer }: FromWorker): void {
    if (this.#waiting?.number !== number) return;
    this.#waiting.resolve(answer);
    this.#waiting = undefined;
  }

  #tell(message: ToWorker): void {
    if (!this.#worker) {
      this.#worker = this.#start();
      this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#answered(data));
    }
    this.#worker.postMessage(message);
  }
}
