import { randomUUID } from 'node:crypto';
import type { Library } from '#server/library/api/library.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { MutationTarget } from '#shared/mutations/targets.ts';
import { Catalogue } from '../../../web/lib/library/catalogue.ts';
import { JournalStore } from '../../../web/lib/library/journal.ts';
import { asSeen } from '../../../web/lib/library/mutations/targets.ts';
import type { SeededChance } from '../../simulators/catalogue/random.ts';

const silent = () => ({ track: () => undefined, bump: () => undefined });

/** What a person did, in names and moments: no id. */
export interface Deed {
  document: MutationDocument;
  /** What it decides: `rating Title by Artist`, `listen 1700000000 Title by Artist` … */
  about: string;
  value: string | number | boolean;
}

/** Things that are two until somebody says that they are one: each pair is one person's matter, and nothing else is done to it. */
const isOfAPair = (title: string): boolean => /^(?:Twin|Tunes|Echo) /.test(title);
/** An artist who may be one of two. */
export const wholeName = (artist: string): string => artist.replace(/^(Twin \d+) (?:North|South)$/, '$1');
const isOwnedBy = (person: number, name: string): boolean => Number(/\d+/.exec(name)?.[0]) % 2 === person;

/** A person with a device: it shows what it pulled last, names what is acted upon with the app's own code, and sends when it can. */
export class Person {
  readonly deviceId = randomUUID();
  readonly deeds: Deed[] = [];
  #epoch = '';
  readonly #catalogue = new Catalogue(silent());
  readonly #journal = new JournalStore(this.#catalogue, silent());
  readonly #held = new Map<string, Set<string>>();
  #albums: AlbumDocument[] = [];
  #twinAlbums: AlbumDocument[] = [];
  #artists: ArtistDocument[] = [];
  #listens: number[] = [];
  #echoes: number[] = [];
  #removed: number[] = [];
  #joined: number[][] = [];
  #waiting: MutationDocument[] = [];
  #number = 0;
  readonly #chance: SeededChance;
  readonly #now: () => number;
  readonly #which: number;

  /** @param which of two people, 0 or 1 */
  constructor(which: number, chance: SeededChance, now: () => number) {
    this.#which = which;
    this.#chance = chance;
    this.#now = now;
  }

  /** Sends what waits, then pulls everything. A library of a new epoch is sent everything again. */
  sync(library: Library): void {
    if (this.#epoch !== '' && this.#epoch !== library.feed.epoch)
      this.#waiting = this.deeds
        .map(({ document }) => document)
        .filter(({ verdict: result }) => result?.state !== 'refused')
        .map(({ verdict: _over, ...document }) => document);
    for (const answered of library.mutations.apply(this.#waiting, this.#now())) {
      const deed = this.deeds.find(({ document }) => document.id === answered.id);
      if (deed) deed.document = answered;
    }
    this.#waiting = [];
    this.#pull(library);
  }

  /** Does one thing to something that this device shows; nothing where it shows nothing of the kind. */
  act(): void {
    const { one, whole } = {
      one: <T>(items: readonly T[]) => items[this.#chance.whole(0, Math.max(0, items.length - 1))],
      whole: (most: number) => this.#chance.whole(0, most),
    };
    const [listenId, album, removedId] = [one(this.#listens), one(this.#albums), one(this.#removed)];
    const trackId = listenId === undefined ? undefined : this.#journal.listen(listenId)?.trackId;
    const kind = whole(13);
    if (kind === 0 && trackId !== undefined) this.#do({ kind: 'love-track', trackId, loved: whole(1) === 1 });
    else if (kind === 1 && listenId !== undefined) this.#remove(listenId);
    else if (kind === 2 && removedId !== undefined) this.#do({ kind: 'restore-listen', listenId: removedId });
    else if (kind === 3 && album) this.#do({ kind: 'rate-album', albumId: album.id, rating: whole(5) });
    else if (kind === 4 && album) this.#do({ kind: 'note-album', albumId: album.id, note: `Note ${randomUUID()}` });
    else if (kind === 5 && listenId !== undefined)
      this.#do({ kind: 'note-listen', listenId, note: `Heard ${randomUUID()}` });
    else if (kind === 6 && trackId !== undefined)
      this.#do({
        kind: 'add-listens',
        group: randomUUID(),
        playedAt: Math.floor(this.#now() / 1000) - this.#chance.whole(1_000_000, 9_000_000),
        tracks: [{ trackId, durationSeconds: 200 }],
      });
    else if (kind === 7 && album)
      this.#do({
        kind: 'add-record',
        alias: randomUUID(),
        title: album.title,
        artists: album.artists.map(({ name }) => name),
        year: null,
        support: 'CD',
        albumId: album.id,
      });
    else if (kind === 8 && album && album.images.length > 0)
      this.#do({ kind: 'choose-cover', albumId: album.id, imageId: one(album.images)!.id });
    else if (kind === 9) this.#alias(one(this.#artists.filter(({ name }) => name.startsWith('Artist '))));
    else if (kind === 10) this.#mergeOrUnmergeAlbums(one(this.#twinAlbums));
    else if (kind === 11)
      this.#mergeOrUnmergeArtists(
        one(this.#artists.filter(({ name }) => name.endsWith(' North') && isOwnedBy(this.#which, name))),
      );
    else if (kind === 12) this.#joinListens(one(this.#echoes));
    else if (kind === 13) this.#unmergeListens(one(this.#joined));
  }

  #alias(artist: ArtistDocument | undefined): void {
    if (artist) this.#do({ kind: 'alias-artist', artistId: artist.id, name: `Also ${randomUUID()}` });
  }

  #mergeOrUnmergeAlbums(album: AlbumDocument | undefined): void {
    if (!album) return;
    const [former] = album.merged ?? [];
    const other = this.#twinAlbums.find(
      ({ id, title }) => id !== album.id && title.split(' ')[1] === album.title.split(' ')[1],
    );
    if (former) this.#doOnce({ kind: 'split-album', from: former.id, into: album.id });
    else if (other)
      this.#doOnce({
        kind: 'merge-albums',
        from: album.title.endsWith('evening') ? album.id : other.id,
        into: album.title.endsWith('evening') ? other.id : album.id,
      });
  }

  #mergeOrUnmergeArtists(north: ArtistDocument | undefined): void {
    if (!north) return;
    const former = north.aliases?.find(({ id }) => id !== undefined);
    const south = this.#artists.find(({ name }) => name === north.name.replace('North', 'South'));
    if (former) this.#doOnce({ kind: 'split-artist', from: former.id!, into: north.id });
    else if (south) this.#doOnce({ kind: 'merge-artists', from: south.id, into: north.id });
  }

  #joinListens(listenId: number | undefined): void {
    const trackId = listenId === undefined ? undefined : this.#journal.listen(listenId)?.trackId;
    const both = this.#echoes.filter((id) => this.#journal.listen(id)?.trackId === trackId);
    if (both.length !== 2 || !this.#doOnce({ kind: 'merge-listens', listenIds: both })) return;
    for (const id of both) this.#journal.remember(id);
    this.#joined.push(both);
  }

  #unmergeListens(listenIds: number[] | undefined): void {
    if (listenIds && this.#doOnce({ kind: 'part-listens', listenIds }))
      this.#joined = this.#joined.filter((each) => each !== listenIds);
  }

  /** What a pair is cannot be seen before the latest decision on it was sent. */
  #doOnce(wanted: Mutation): boolean {
    const { mutation, targets } = asSeen(wanted, { catalogue: this.#catalogue, journal: this.#journal });
    const { about } = meaningOf(mutation, targets);
    if (this.deeds.some((deed) => deed.about === about && this.#waiting.includes(deed.document))) return false;
    this.#do(wanted);
    return true;
  }

  #remove(listenId: number): void {
    this.#journal.remember(listenId);
    this.#removed.push(listenId);
    this.#do({ kind: 'delete-listen', listenId });
  }

  #do(wanted: Mutation): void {
    const { mutation, targets } = asSeen(wanted, { catalogue: this.#catalogue, journal: this.#journal });
    const document: MutationDocument = {
      id: randomUUID(),
      deviceId: this.deviceId,
      number: (this.#number += 1),
      madeAt: this.#now(),
      clockOffset: 0,
      intent: mutation,
      epoch: this.#epoch,
      targets,
    };
    this.deeds.push({ document, ...meaningOf(mutation, targets) });
    this.#waiting.push(document);
  }

  /** As the app does: what came is set, what did not come any more is taken away. */
  #pull(library: Library): void {
    // What was offered to be undone is not offered any more.
    if (this.#epoch !== library.feed.epoch) [this.#removed, this.#joined] = [[], []];
    this.#epoch = library.feed.epoch;
    const changes = <T extends { id: string }>(collection: 'artists' | 'albums' | 'journal') => {
      const documents = library.feed
        .pull(collection, 0, 1_000)
        .documents.filter(({ _deleted }) => !_deleted) as unknown as T[];
      const ids = new Set(documents.map(({ id }) => id));
      const removed = [...(this.#held.get(collection) ?? [])].filter((id) => !ids.has(id));
      this.#held.set(collection, ids);
      return { documents, removed };
    };
    const albums = changes<AlbumDocument>('albums');
    const artists = changes<ArtistDocument>('artists');
    this.#albums = albums.documents.filter(({ title }) => !isOfAPair(title));
    this.#twinAlbums = albums.documents.filter(
      ({ title }) => title.startsWith('Twin ') && isOwnedBy(this.#which, title),
    );
    this.#artists = artists.documents;
    this.#catalogue.setArtists(artists);
    this.#catalogue.setAlbums(albums);
    this.#catalogue.keepAlbums(albums.documents);
    this.#journal.setPages(changes<JournalPage>('journal'));
    const titleOf = (id: number) => this.#catalogue.index.track(this.#journal.listen(id)!.trackId)?.title ?? '';
    const listens = [...this.#journal.columns.id];
    this.#listens = listens.filter((id) => !isOfAPair(titleOf(id)));
    this.#echoes = listens.filter((id) => titleOf(id).startsWith('Echo ') && isOwnedBy(this.#which, titleOf(id)));
  }
}

/** A mutation without its ids. */
function meaningOf(
  mutation: Mutation,
  targets: NonNullable<MutationDocument['targets']>,
): Pick<Deed, 'about' | 'value'> {
  const [target] = targets;
  const name = target && ('title' in target ? `${target.title} by ${target.artist}` : '');
  const listen = target?.kind === 'listen' ? `${target.playedAt} ${name}` : '';
  switch (mutation.kind) {
    case 'love-track':
      return { about: `love ${name}`, value: mutation.loved };
    case 'rate-album':
      return { about: `rating ${name}`, value: mutation.rating };
    case 'note-album':
      return { about: `note ${name}`, value: mutation.note };
    case 'note-listen':
      return { about: `listen-note ${listen}`, value: mutation.note };
    case 'delete-listen':
      return { about: `listen ${listen}`, value: false };
    case 'restore-listen':
      return { about: `listen ${listen}`, value: true };
    case 'add-listens':
      return { about: `listen ${mutation.playedAt} ${name}`, value: true };
    case 'add-record':
      return { about: `copy ${mutation.alias} ${mutation.title} by ${mutation.artists[0] ?? ''}`, value: true };
    case 'choose-cover':
      return { about: `cover ${name}`, value: targets.find((each) => each.kind === 'image')?.source ?? '' };
    case 'alias-artist':
      return { about: `alias ${mutation.name} of ${named(target)}`, value: true };
    case 'merge-albums':
    case 'split-album':
      return { about: `one album: ${targets.map(named).join(' in ')}`, value: mutation.kind === 'merge-albums' };
    case 'merge-artists':
    case 'split-artist':
      return { about: `one artist: ${targets.map(named).join(' in ')}`, value: mutation.kind === 'merge-artists' };
    case 'merge-listens':
    case 'part-listens':
      return { about: `one listen: ${named(target)}`, value: mutation.kind === 'merge-listens' };
    default:
      throw new Error(`Nobody does ${mutation.kind} here`);
  }
}

const named = (target: MutationTarget | undefined): string =>
  target === undefined ? '' : 'title' in target ? target.title : 'name' in target ? target.name : '';
