import type { MutationDocument } from '#shared/mutations/document.ts';
import type { TargetKind, TargetOf } from '#shared/mutations/targets.ts';
import { catalogue } from '../catalogue/reported.ts';
import type { Core } from '../core.ts';
import type { IsShared } from './lineage.ts';
import {
  findAlbumByName,
  findArtistByName,
  findDeletedListen,
  imageOf,
  findListenByName,
  findMergedAlbum,
  findMergedArtist,
  findRecordingByName,
  findScrobbleByName,
  findTrackByName,
} from './findByName.ts';
import { matchesTarget } from './matchesTarget.ts';
import { refuse, SERVER_ID } from './targets.ts';
import { isBlank } from '#shared/text/blank.ts';

/** Ids of another life, each with what it is here. */
export class TargetResolver {
  readonly #core: Core;
  readonly #document: MutationDocument;
  readonly #isShared: IsShared;
  readonly #today = new Map<string, number>();

  constructor(core: Core, document: MutationDocument, isShared: IsShared) {
    this.#core = core;
    this.#document = document;
    this.#isShared = isShared;
  }

  /** The target under the id that it has here. */
  renamed<T extends TargetOf<TargetKind>>(target: T): T {
    const id = this.#today.get(`${target.kind}:${target.id}`);
    return id === undefined ? target : { ...target, id: typeof target.id === 'string' ? String(id) : id };
  }

  listen(id: number): number {
    return this.#found(
      'listen',
      id,
      (named) => findListenByName(this.#core, named) ?? findDeletedListen(this.#core, named),
    );
  }

  /** One that was taken out of the journal, or has come back by now. */
  deletedListen(id: number): number {
    return this.#found(
      'listen',
      id,
      (named) => findDeletedListen(this.#core, named) ?? findListenByName(this.#core, named),
    );
  }

  /** A love is of the recording, on whichever album. */
  recording(id: number): number {
    return this.#found(
      'track',
      id,
      (named) => findTrackByName(this.#core, named) ?? findRecordingByName(this.#core, named),
    );
  }

  /** A track that was played was there, whether the library knows of it or not. */
  trackToHear(id: number): number {
    return this.#found('track', id, (named) => findTrackByName(this.#core, named) ?? this.#madeTrack(named));
  }

  album(id: string): string {
    if (!SERVER_ID.test(id)) return id;
    return String(this.#found('album', id, (named) => findAlbumByName(this.#core, named)));
  }

  albumIfThere(id: string): string | undefined {
    const named = this.#named('album', id);
    if (!SERVER_ID.test(id) || this.#isSame('album', Number(id), named)) return id;
    const today = named && findAlbumByName(this.#core, named);
    return today === undefined ? undefined : String(today);
  }

  albumCalled(title: string, artist: string, discogsId: string | undefined): string | undefined {
    const id = findAlbumByName(this.#core, { title, artist, ...(discogsId !== undefined && { discogsId }) });
    return id === undefined ? undefined : String(id);
  }

  /** An album that was merged into `into`. */
  formerAlbum(id: string, into: string): string {
    if (!SERVER_ID.test(id)) return id;
    return String(this.#found('album', id, (named) => findMergedAlbum(this.#core, named, Number(into))));
  }

  artist(id: string): string {
    return String(this.#found('artist', id, (named) => findArtistByName(this.#core, named)));
  }

  formerArtist(id: string, into: string): string {
    return String(this.#found('artist', id, (named) => findMergedArtist(this.#core, named, Number(into))));
  }

  image(id: number, albumId: string): number {
    return this.#found('image', id, ({ source }) => imageOf(this.#core, Number(albumId), source));
  }

  scrobble(id: number, listenId: number | undefined): number {
    return this.#found('scrobble', id, (named) => findScrobbleByName(this.#core, named, listenId));
  }

  #named<K extends TargetKind>(kind: K, id: string | number): TargetOf<K> | undefined {
    return this.#document.targets?.find(
      (target): target is TargetOf<K> => target.kind === kind && String(target.id) === String(id),
    );
  }

  #found<K extends TargetKind>(kind: K, id: string | number, find: (named: TargetOf<K>) => number | undefined): number {
    const named = this.#named(kind, id);
    if (this.#isSame(kind, Number(id), named)) return Number(id);
    if (named === undefined)
      refuse('target-gone', `The library was restored since, and this does not say which ${kind} it was about.`);
    const today =
      find(named) ??
      refuse(
        'target-gone',
        `The library is not the one that it was then: ${describeTarget(named)} is not in it, or cannot be told from another.`,
      );
    this.#today.set(`${kind}:${id}`, today);
    return today;
  }

  /** An id that both lives share, and that leads to what the person saw. */
  #isSame<K extends TargetKind>(kind: K, id: number, named: TargetOf<K> | undefined): boolean {
    return this.#isShared(kind, id) && (named === undefined || matchesTarget(this.#core, named));
  }

  #madeTrack({ title, artist, album }: TargetOf<'track'>): number | undefined {
    if (isBlank(title) || isBlank(artist)) return undefined;
    const names = {
      artist,
      albumArtist: null,
      title,
      album,
      durationSeconds: null,
      artistMbid: null,
      trackMbid: null,
      albumMbid: null,
      trackId: null,
    };
    return catalogue(this.#core).trackOf(names).id;
  }
}

/** What was meant, for a person to read. */
function describeTarget(target: TargetOf<TargetKind>): string {
  switch (target.kind) {
    case 'listen':
      return `the listen of “${target.title}” by ${target.artist} of ${new Date(target.playedAt * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    case 'track':
      return `“${target.title}” by ${target.artist}`;
    case 'album':
      return target.artist === '' ? `the album “${target.title}”` : `the album “${target.title}” by ${target.artist}`;
    case 'artist':
      return `the artist ${target.name}`;
    case 'image':
      return `that picture from ${target.source}`;
    case 'scrobble':
      return `that report by ${target.source} of ${new Date(target.playedAt * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  }
}
