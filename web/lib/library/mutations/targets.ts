import type { ShownNames } from '#shared/mutations/definition.ts';
import { definitionOf, type Mutation } from '#shared/mutations/registry.ts';
import type { MutationTarget, TargetOf } from '#shared/mutations/targets.ts';
import type { Catalogue } from '../catalogue.ts';
import type { JournalStore } from '../journal.ts';

/** What this device shows, as far as it says what an id names. */
export interface Shown {
  catalogue: Pick<Catalogue, 'index' | 'albums' | 'artistName' | 'trackArtists' | 'albumDocument' | 'artistDocument'>;
  journal: Pick<JournalStore, 'listen' | 'remembered'>;
}

/** An id of the server's; what a device made has a UUID, which no other thing ever has. */
const SERVER_ID = /^\d+$/;

/**
 * A mutation with what it is about, as the person sees it at this moment: what its ids name, and of a note what stood there before.
 * What this device does not know is left out.
 */
export function asSeen(
  mutation: Mutation,
  { catalogue, journal }: Shown,
): { mutation: Mutation; targets: MutationTarget[] } {
  const definition = definitionOf(mutation);
  const names = new Names(catalogue, journal);
  return {
    mutation: definition.withBefore?.(mutation, names) ?? mutation,
    targets: definition.targets(mutation, names).filter((target) => target !== undefined),
  };
}

class Names implements ShownNames {
  readonly #catalogue: Shown['catalogue'];
  readonly #journal: Shown['journal'];

  constructor(catalogue: Shown['catalogue'], journal: Shown['journal']) {
    this.#catalogue = catalogue;
    this.#journal = journal;
  }

  listen(id: number): TargetOf<'listen'> | undefined {
    const listen = this.#journal.listen(id) ?? this.#journal.remembered(id);
    const track = listen && this.#catalogue.index.track(listen.trackId);
    return (
      listen &&
      track && {
        kind: 'listen',
        id,
        playedAt: listen.playedAt,
        title: track.title,
        artist: this.#artistOfTrack(listen.trackId),
      }
    );
  }

  track(id: number): TargetOf<'track'> | undefined {
    const track = this.#catalogue.index.track(id);
    if (!track) return undefined;
    const album = track.albumId === null ? undefined : this.#catalogue.albums.get(track.albumId);
    return {
      kind: 'track',
      id,
      title: track.title,
      artist: this.#artistOfTrack(id),
      album: album?.title ?? null,
      ...(album && { discogsId: album.discogsId }),
    };
  }

  album(id: string): TargetOf<'album'> | undefined {
    const album = SERVER_ID.test(id) ? this.#catalogue.albums.get(id) : undefined;
    return (
      album && {
        kind: 'album',
        id,
        title: album.title,
        artist: album.artists[0]?.name ?? '',
        discogsId: album.discogsId,
      }
    );
  }

  /** The album that has a manual copy of that id. */
  albumOfCopy(alias: string): TargetOf<'album'> | undefined {
    for (const { id, manualCopies } of this.#catalogue.albums.values())
      if (manualCopies.includes(alias)) return this.album(id);
    return undefined;
  }

  formerAlbum(id: string, into: string): TargetOf<'album'> | undefined {
    const former = this.#catalogue.albumDocument(into)?.merged?.find((each) => each.id === id);
    return (
      former && {
        kind: 'album',
        id,
        title: former.title,
        artist: this.#catalogue.albums.get(into)?.artists[0]?.name ?? '',
      }
    );
  }

  artist(id: string): TargetOf<'artist'> | undefined {
    const name = SERVER_ID.test(id) ? this.#catalogue.artistName(id) : '';
    return name === '' ? undefined : { kind: 'artist', id, name };
  }

  formerArtist(id: string, into: string): TargetOf<'artist'> | undefined {
    const former = this.#catalogue.artistDocument(into)?.aliases?.find((each) => each.id === id);
    return former && { kind: 'artist', id, name: former.name };
  }

  image(id: number, albumId: string): TargetOf<'image'> | undefined {
    const image = this.#catalogue.albumDocument(albumId)?.images.find((each) => each.id === id);
    return image && { kind: 'image', id, source: image.source, albumId };
  }

  albumNote(id: string): string | undefined {
    const document = this.#catalogue.albumDocument(id);
    return document && (document.note ?? '');
  }

  listenNote(id: number): string | undefined {
    const listen = this.#journal.listen(id);
    return listen && (listen.note ?? '');
  }

  #artistOfTrack(trackId: number): string {
    return this.#catalogue.trackArtists(trackId).artists[0]?.name ?? '';
  }
}
