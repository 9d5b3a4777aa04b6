import type { Intent } from '#shared/sync/intents.ts';
import type { MutationTarget } from '#shared/sync/targets.ts';
import type { Catalogue } from './catalogue.ts';
import type { JournalStore } from './journal.ts';

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
export function asSeen(intent: Intent, { catalogue, journal }: Shown): { intent: Intent; targets: MutationTarget[] } {
  const targets = targetsOf(intent, new Names(catalogue, journal)).filter((target) => target !== undefined);
  return { intent: withNoteBefore(intent, { catalogue, journal }), targets };
}

function withNoteBefore(intent: Intent, { catalogue, journal }: Shown): Intent {
  if (intent.kind === 'note-album') {
    const document = catalogue.albumDocument(intent.albumId);
    return document ? { ...intent, before: document.note ?? '' } : intent;
  }
  if (intent.kind !== 'note-listen') return intent;
  const listen = journal.listen(intent.listenId);
  return listen ? { ...intent, before: listen.note ?? '' } : intent;
}

function targetsOf(intent: Intent, names: Names): (MutationTarget | undefined)[] {
  switch (intent.kind) {
    case 'love-track':
      return [names.track(intent.trackId)];
    case 'delete-listen':
    case 'restore-listen':
    case 'note-listen':
      return [names.listen(intent.listenId)];
    case 'rate-album':
    case 'note-album':
      return [names.album(intent.albumId)];
    case 'choose-cover':
      return [names.album(intent.albumId), names.image(intent.imageId, intent.albumId)];
    case 'add-listens':
      return [...new Set(intent.tracks.map(({ trackId }) => trackId))].map((id) => names.track(id));
    case 'split-listen':
    case 'rejoin-listen':
      return [
        names.listen(intent.listenId),
        intent.report && { kind: 'scrobble', id: intent.scrobbleId, ...intent.report },
      ];
    case 'merge-listens':
    case 'part-listens':
      return intent.listenIds.map((id) => names.listen(id));
    case 'merge-albums':
      return [names.album(intent.from), names.album(intent.into)];
    case 'split-album':
      return [names.album(intent.from) ?? names.formerAlbum(intent.from, intent.into), names.album(intent.into)];
    case 'merge-artists':
      return [names.artist(intent.from), names.artist(intent.into)];
    case 'split-artist':
      return [names.artist(intent.from) ?? names.formerArtist(intent.from, intent.into), names.artist(intent.into)];
    case 'alias-artist':
      return [names.artist(intent.artistId)];
    case 'add-record':
      return intent.albumId === undefined ? [] : [names.album(intent.albumId)];
    case 'remove-record':
      return [names.albumOfCopy(intent.alias)];
    case 'log-named':
      return intent.albumId === undefined ? [] : [names.album(intent.albumId)];
    case 'remove-listens':
    case 'move-needle':
      return [];
  }
}

class Names {
  readonly #catalogue: Shown['catalogue'];
  readonly #journal: Shown['journal'];

  constructor(catalogue: Shown['catalogue'], journal: Shown['journal']) {
    this.#catalogue = catalogue;
    this.#journal = journal;
  }

  listen(id: number): MutationTarget | undefined {
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

  track(id: number): MutationTarget | undefined {
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

  album(id: string): MutationTarget | undefined {
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

  /** The album that has a copy by hand of that name. */
  albumOfCopy(alias: string): MutationTarget | undefined {
    for (const { id, byHand } of this.#catalogue.albums.values()) if (byHand.includes(alias)) return this.album(id);
    return undefined;
  }

  formerAlbum(id: string, into: string): MutationTarget | undefined {
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

  artist(id: string): MutationTarget | undefined {
    const name = SERVER_ID.test(id) ? this.#catalogue.artistName(id) : '';
    return name === '' ? undefined : { kind: 'artist', id, name };
  }

  formerArtist(id: string, into: string): MutationTarget | undefined {
    const former = this.#catalogue.artistDocument(into)?.aliases?.find((each) => each.id === id);
    return former && { kind: 'artist', id, name: former.name };
  }

  image(id: number, albumId: string): MutationTarget | undefined {
    const image = this.#catalogue.albumDocument(albumId)?.images.find((each) => each.id === id);
    return image && { kind: 'image', id, source: image.source, albumId };
  }

  #artistOfTrack(trackId: number): string {
    return this.#catalogue.trackArtists(trackId).artists[0]?.name ?? '';
  }
}
