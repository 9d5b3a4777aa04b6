import type { JournalPage } from '#shared/journal/page.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { Track } from '#shared/library/track.ts';
import type { Checkpoint } from '#shared/sync/checkpoint.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import { canonical } from '#shared/text/canonical.ts';
import type { Database } from './database.ts';
import { COUNTED, everyDocument } from './holdings.ts';
import { type Difference, type Differences, type Kind, KINDS } from './kinds.ts';
import { PULL_BATCH } from './pullRun.ts';
import type { Transport } from './transport.ts';
import type { SyncedDocument } from './syncedDocument.ts';
import { ApiError } from './apiClient.ts';

/**
 * Compares everything on this device with everything on the server: as much is read as at a first start, and nothing of it is stored.
 *
 * @param epoch the life of the server's library that is asked about.
 * @throws {ApiError} what the server answers; `stale-epoch` where it holds another life by now.
 */
export async function differencesFrom(
  database: Database,
  names: readonly CollectionName[],
  pull: Transport['pull'],
  epoch: string,
  signal: AbortSignal,
): Promise<Differences> {
  const [mine, theirs] = [new Facts(), new Facts()];
  for (const name of COUNTED.filter((each) => names.includes(each))) {
    // What cannot be read of theirs stays here as it is: it counts as no difference.
    const unreadable = new Set<string>();
    for await (const { documents, setAside } of pages(name, pull, epoch, signal)) {
      for (const document of documents) if (!document._deleted) theirs.read(name, document);
      for (const id of setAside) unreadable.add(id);
    }
    for (const document of await everyDocument(database[name])) {
      mine.read(name, document);
      if (unreadable.has(String(document['id']))) theirs.read(name, document);
    }
  }
  return Object.fromEntries(KINDS.map((kind) => [kind, mine.beside(theirs, kind)])) as Differences;
}

async function* pages(name: CollectionName, pull: Transport['pull'], epoch: string, signal: AbortSignal) {
  for (let from: Checkpoint | null = null; ;) {
    const page = await pull(name, from, PULL_BATCH[name], signal);
    if (page.checkpoint.epoch !== epoch)
      throw new ApiError('stale-epoch', 'The library began another life while it was compared');
    yield page;
    if (page.documents.length + page.setAside.length < PULL_BATCH[name]) return;
    from = page.checkpoint;
  }
}

/** Every fact of a library under a name that both sides know it by, with what it says. */
class Facts {
  readonly #of = new Map<Kind, Map<string, string>>(KINDS.map((kind) => [kind, new Map()]));
  /** How many listens began in each second: a listen that came again has another id, and the same moment. */
  readonly #moments = new Map<number, number>();

  read(name: CollectionName, document: object): void {
    if (name === 'journal') this.#readPage(document as JournalPage);
    else if (name === 'albums') this.#readAlbum(document as AlbumDocument);
    else if (name === 'artists') this.#readArtist(document as ArtistDocument);
    else if (name === 'playlists') this.#readPlaylist(document as PlaylistDocument);
    else {
      const { _deleted, ...said } = document as SyncedDocument;
      this.#add(name as Kind, said.id, canonical(said));
    }
  }

  beside(theirs: Facts, kind: Kind): Difference {
    if (kind === 'listens') return listensBeside(this.#moments, theirs.#moments);
    const [here, there] = [this.#of.get(kind)!, theirs.#of.get(kind)!];
    let onlyHere = 0;
    let differs = 0;
    for (const [key, said] of here) {
      const other = there.get(key);
      if (other === undefined) onlyHere += 1;
      else if (other !== said) differs += 1;
    }
    return { mine: here.size, theirs: there.size, onlyHere, differs };
  }

  #add(kind: Kind, key: string, said: string): void {
    this.#of.get(kind)!.set(key, said);
  }

  #readPage({ t, m = [] }: JournalPage): void {
    let moment = 0;
    const moments = t.map((step) => (moment += step));
    for (const each of moments) this.#moments.set(each, (this.#moments.get(each) ?? 0) + 1);
    for (const [index, note] of m) this.#add('notes', `listen ${moments[index]}`, note);
  }

  #readAlbum({
    id,
    title,
    artists = [],
    year,
    support,
    wanted,
    tracks = [],
    copies = [],
    rating,
    note,
  }: AlbumDocument): void {
    this.#add(
      'albums',
      id,
      canonical({ title, artists, year, support, wanted, tracks: tracks.map((track) => track.title) }),
    );
    if (copies.length > 0) this.#add('owned', id, canonical(copies));
    if (rating) this.#add('ratings', id, String(rating));
    if (note) this.#add('notes', `album ${id}`, note);
    this.#readLoves(tracks);
  }

  #readArtist({ id, name, tracks = [] }: ArtistDocument): void {
    this.#add('artists', id, name);
    this.#readLoves(tracks);
  }

  #readPlaylist({ id, name, entries }: PlaylistDocument): void {
    this.#add(
      'playlists',
      id,
      canonical({ name, entries: entries.map(({ entry, trackId, title }) => trackId ?? title ?? entry) }),
    );
  }

  #readLoves(tracks: readonly Track[]): void {
    for (const { id, loved } of tracks) if (loved) this.#add('loved', String(id), '');
  }
}

function listensBeside(here: ReadonlyMap<number, number>, there: ReadonlyMap<number, number>): Difference {
  let onlyHere = 0;
  for (const [moment, count] of here) onlyHere += Math.max(0, count - (there.get(moment) ?? 0));
  const sum = (moments: ReadonlyMap<number, number>) => [...moments.values()].reduce((all, count) => all + count, 0);
  return { mine: sum(here), theirs: sum(there), onlyHere, differs: 0 };
}
