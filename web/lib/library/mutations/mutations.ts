import { endOf } from '#shared/journal/needle.ts';
import { heardBy, previousOf, soundingAt } from '#shared/journal/sounding.ts';
import { type NeedleMove, trackToPlay, type TurntableSession, withMoves } from '#shared/journal/turntable.ts';
import { isPossibleMoment } from '#shared/primitives/moments.ts';
import { definitionOf, type Mutation, type MutationOf } from '#shared/mutations/registry.ts';
import { uuid } from '../../replica/uuid.ts';
import type { AlbumStore } from '../albums.ts';
import type { Catalogue } from '../catalogue.ts';
import type { JournalStore } from '../journal.ts';
import { NotPossible } from './notPossible.ts';
import { playlistMutations } from './playlistMutations.ts';
import type { Mutations, Undoable } from '../types.ts';
import type { TurntableStore } from '../turntable.ts';
import type { MutationSubmitter } from './submitter.ts';

export interface MutationContext {
  submitter: MutationSubmitter;
  journal: JournalStore;
  albums: AlbumStore;
  catalogue: Catalogue;
  turntable: TurntableStore;
}

/** What a person can do. Each is written down on this device first, and undone by the opposite mutation. */
export function createMutations(context: MutationContext): Mutations {
  return {
    ...listenMutations(context),
    ...albumMutations(context),
    ...artistMutations(context),
    ...playlistMutations(context),
  };
}

type ListenMutations =
  | 'love'
  | 'deleteListen'
  | 'deleteListens'
  | 'noteListen'
  | 'splitListen'
  | 'mergeListens'
  | 'addListens'
  | 'logNamed'
  | 'now'
  | 'liftNeedle'
  | 'pauseNeedle'
  | 'resumeNeedle'
  | 'previousTrack'
  | 'skipTrack'
  | 'beginSide';
type AlbumMutations =
  'rateAlbum' | 'noteAlbum' | 'chooseCover' | 'mergeAlbums' | 'splitAlbum' | 'addRecord' | 'removeCopies';
type ArtistMutations = 'mergeArtists' | 'splitArtist' | 'aliasArtist' | 'removeAlias';

/** Does one mutation, and on undo the other. Async, so that what was not written down is a rejection; written before it returns. */
async function reversible(submitter: MutationSubmitter, wanted: Mutation, opposite: Mutation): Promise<Undoable> {
  submitter.submit(wanted);
  return undoneBy(submitter, opposite);
}

const undoneBy = (submitter: MutationSubmitter, ...opposite: readonly Mutation[]): Undoable => ({
  undo: async () => submitter.submit(...opposite),
});

function listenMutations({ submitter, journal, turntable }: MutationContext): Pick<Mutations, ListenMutations> {
  const deleteListens = async (listenIds: readonly number[]): Promise<Undoable> => {
    for (const id of listenIds) journal.remember(id);
    submitter.submit(...listenIds.map((listenId) => ({ kind: 'delete-listen', listenId }) as const));
    return undoneBy(submitter, ...listenIds.map((listenId) => ({ kind: 'restore-listen', listenId }) as const));
  };
  const sessionOf = (id: string) => turntable.running.find((one) => one.id === id);
  const moved = (
    group: string,
    act: NeedleMove['act'],
    place: number,
  ): [MutationOf<'move-needle'>, MutationOf<'move-needle'>] => {
    const nth = sessionOf(group)?.moves.length ?? 0;
    const move = { id: uuid(), act, at: submitter.now(), place, nth } as const;
    const mutation = { kind: 'move-needle', group, move } as const;
    return [mutation, { ...mutation, move: { ...move, undone: true } }];
  };
  function log(
    tracks: TurntableSession['tracks'],
    playedAt: number | undefined,
    mutationOf: (group: string, begun: number) => Mutation,
  ): Undoable & { plays: boolean } {
    const group = uuid();
    const now = submitter.now();
    // The server would refuse it; by its clock, as far as this device knows it.
    if (playedAt !== undefined && !isPossibleMoment(playedAt, now * 1_000))
      throw new NotPossible('time', `Nothing can have been heard at ${playedAt}`);
    const begun = playedAt ?? now;
    const plays = endOf({ playedAt: begun, tracks, moves: [] }) > now;
    // There is one needle: what played until now was lifted for this.
    const lifted = plays ? turntable.running.map(({ id }) => moved(id, 'lift', 0)) : [];
    submitter.submit(...lifted.map(([lift]) => lift), mutationOf(group, begun));
    return { plays, ...undoneBy(submitter, { kind: 'remove-listens', group }, ...lifted.map(([, undone]) => undone)) };
  }
  return {
    now: () => submitter.now(),
    async liftNeedle(id) {
      const [lift, undone] = moved(id, 'lift', 0);
      const session = sessionOf(id);
      const heard = session
        ? heardBy({ ...session, moves: withMoves(session.moves, [lift.move]) }, submitter.now()).length
        : 0;
      return { ...(await reversible(submitter, lift, undone)), heard };
    },
    pauseNeedle: (session, place) => reversible(submitter, ...moved(session, 'pause', place)),
    resumeNeedle: (session, place) => reversible(submitter, ...moved(session, 'resume', place)),
    async previousTrack(id, shown) {
      const session = sessionOf(id);
      const sounding = session && soundingAt(session, submitter.now());
      const place = sounding ? previousOf(sounding, submitter.now()) : shown;
      const before = place < shown ? session?.tracks[place]?.trackId : undefined;
      return {
        ...(await reversible(submitter, ...moved(id, 'again', place))),
        ...(before !== undefined && { before }),
      };
    },
    skipTrack: (session, place) => reversible(submitter, ...moved(session, 'skip', place)),
    beginSide: (session, place) => reversible(submitter, ...moved(session, 'turn', place)),
    deleteListens,
    async deleteListen(listenId) {
      const group = journal.listen(listenId)?.group;
      // A listen that was added here and is not confirmed has no id of the server's yet: its group goes.
      if (group === undefined) return deleteListens([listenId]);
      const adding = submitter.groupOf(group);
      const heard = turntable.heard(group);
      submitter.submit({ kind: 'remove-listens', group });
      return {
        undo: async () => {
          // What is brought back of what was heard at the turntable does not play on.
          const again = adding && definitionOf(adding).logAgain?.(adding, uuid(), heard);
          if (again) submitter.submit(again);
        },
      };
    },
    love: (trackId, loved) =>
      reversible(submitter, { kind: 'love-track', trackId, loved }, { kind: 'love-track', trackId, loved: !loved }),
    noteListen: (listenId, note) =>
      reversible(
        submitter,
        { kind: 'note-listen', listenId, note },
        { kind: 'note-listen', listenId, note: journal.listen(listenId)?.note ?? '' },
      ),
    splitListen(listenId, scrobbleId, report) {
      const split = { listenId, scrobbleId, ...(report && { report }) };
      return reversible(submitter, { kind: 'split-listen', ...split }, { kind: 'rejoin-listen', ...split });
    },
    mergeListens(ids) {
      for (const id of ids) journal.remember(id);
      // The server keeps the one with the most source reports, and of equals the oldest: it is shown at once.
      const reportsOf = (id: number): number => journal.listen(id)?.witnesses ?? 0;
      const listenIds = [...new Set(ids)].sort((a, b) => reportsOf(b) - reportsOf(a) || a - b);
      return reversible(submitter, { kind: 'merge-listens', listenIds }, { kind: 'part-listens', listenIds });
    },
    addListens: async (tracks, playedAt) =>
      log(tracks.map(trackToPlay), playedAt, (group, begun) => ({
        kind: 'add-listens',
        group,
        playedAt: begun,
        tracks: [...tracks],
      })),
    logNamed: async ({ tracks, whole, ...named }, playedAt) =>
      log(
        tracks.map((track) => trackToPlay({ ...track, trackId: 0, whole })),
        playedAt,
        (group, begun) => ({
          kind: 'log-named',
          group,
          playedAt: begun,
          ...named,
          tracks: [...tracks],
          ...(whole && { whole }),
        }),
      ),
  };
}

function albumMutations({ submitter, albums, catalogue }: MutationContext): Pick<Mutations, AlbumMutations> {
  return {
    rateAlbum: (albumId, rating) =>
      reversible(
        submitter,
        { kind: 'rate-album', albumId, rating },
        { kind: 'rate-album', albumId, rating: catalogue.albums.get(albumId)?.rating ?? 0 },
      ),
    async noteAlbum(albumId, note) {
      const shown = albums.get(albumId);
      submitter.submit({ kind: 'note-album', albumId, note });
      const before = shown ? shown.note : submitter.noteOfAlbum(albumId);
      return { undo: async () => submitter.submit({ kind: 'note-album', albumId, note: (await before) ?? '' }) };
    },
    chooseCover: (albumId, imageId) =>
      reversible(
        submitter,
        { kind: 'choose-cover', albumId, imageId },
        { kind: 'choose-cover', albumId, imageId: catalogue.albums.get(albumId)?.imageId ?? imageId },
      ),
    mergeAlbums: (from, into) =>
      reversible(submitter, { kind: 'merge-albums', from, into }, { kind: 'split-album', from, into }),
    splitAlbum: (from, into) =>
      reversible(submitter, { kind: 'split-album', from, into }, { kind: 'merge-albums', from, into }),
    async addRecord(record) {
      const alias = uuid();
      submitter.submit({ kind: 'add-record', alias, ...record });
      return { alias, ...undoneBy(submitter, { kind: 'remove-record', alias }) };
    },
    async removeCopies(albumId, aliases) {
      const entry = catalogue.albums.get(albumId);
      const { title = '', artists = [], year = null, support = null } = entry ?? {};
      // Without its last copy the album itself may go: it is written down again, where it is not there any more.
      const record = {
        title,
        artists: artists.map(({ name }) => name),
        year,
        support,
        ...(entry?.discogsId && { discogsId: entry.discogsId }),
      };
      submitter.submit(...aliases.map((alias) => ({ kind: 'remove-record', alias }) as const));
      return {
        undo: async () => {
          const again = (alias: string) => {
            const there = catalogue.albums.has(albumId) && albumId !== alias;
            return { kind: 'add-record', alias, ...record, ...(there && { albumId }) } as const;
          };
          submitter.submit(...aliases.map(again));
        },
      };
    },
  };
}

function artistMutations({ submitter }: MutationContext): Pick<Mutations, ArtistMutations> {
  return {
    mergeArtists: (from, into) =>
      reversible(submitter, { kind: 'merge-artists', from, into }, { kind: 'split-artist', from, into }),
    splitArtist: (from, into) =>
      reversible(submitter, { kind: 'split-artist', from, into }, { kind: 'merge-artists', from, into }),
    aliasArtist: (artistId, name) =>
      reversible(
        submitter,
        { kind: 'alias-artist', artistId, name },
        { kind: 'alias-artist', artistId, name, remove: true },
      ),
    removeAlias: (artistId, name) =>
      reversible(
        submitter,
        { kind: 'alias-artist', artistId, name, remove: true },
        { kind: 'alias-artist', artistId, name },
      ),
  };
}
