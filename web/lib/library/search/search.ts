import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { Changes } from '../../replica/types.ts';
import type { Signal } from '../signal.ts';
import type { Search, SearchAnswer } from '../types.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { albumLines, artistLines, playlistLines } from './names.ts';

const LIMIT = 8;

/** Search over every name, in a worker: the page's thread only hands names over and takes results. */
export class SearchStore implements Search {
  readonly #signal: Signal;
  readonly #start: () => Worker;
  #worker: Worker | undefined;
  #ready = false;
  #number = 0;
  #waiting: { number: number; resolve: (answer: SearchAnswer | null) => void } | undefined;

  /** @param start starts the worker; called when there is something to hand over. */
  constructor(signal: Signal, start: () => Worker) {
    this.#signal = signal;
    this.#start = start;
  }

  get ready(): boolean {
    this.#signal.track();
    return this.#ready;
  }

  /**
   * Finds what a query names. It may be asked with every letter that is typed, without a debounce: the one before, if it still waits,
   * is given up.
   *
   * @returns null when it was given up.
   */
  find(query: string, limit = LIMIT): Promise<SearchAnswer | null> {
    this.#signal.track();
    this.#waiting?.resolve(null);
    const number = ++this.#number;
    this.#post({ ask: 'find', number, query, limit });
    return new Promise((resolve) => {
      this.#waiting = { number, resolve };
    });
  }

  setComplete(): void {
    this.#ready = true;
    this.#signal.bump();
  }

  setAlbums({ documents, removed }: Changes<AlbumDocument>): void {
    this.#hand('album', documents.flatMap(albumLines), removed);
  }

  setArtists({ documents, removed }: Changes<ArtistDocument>): void {
    this.#hand('artist', documents.flatMap(artistLines), removed);
  }

  setPlaylists({ documents, removed }: Changes<PlaylistDocument>): void {
    this.#hand('playlist', documents.flatMap(playlistLines), removed);
  }

  #hand(kind: 'album' | 'artist' | 'playlist', lines: string[], removed: string[]): void {
    if (removed.length > 0) this.#post({ ask: 'remove', kind, ids: removed });
    if (lines.length > 0) this.#post({ ask: 'set', lines: lines.join('\n') });
    this.#signal.bump();
  }

  #answered({ number, answer }: FromWorker): void {
    if (this.#waiting?.number !== number) return;
    this.#waiting.resolve(answer);
    this.#waiting = undefined;
  }

  #post(message: ToWorker): void {
    if (!this.#worker) {
      this.#worker = this.#start();
      this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#answered(data));
    }
    this.#worker.postMessage(message);
  }
}
