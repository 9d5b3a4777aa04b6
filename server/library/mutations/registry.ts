import type { Mutation, MutationKind } from '#shared/mutations/registry.ts';
import type { MutationHandler } from './definition.ts';
import { addListens, removeListens } from './addListens.ts';
import { addRecord, removeRecord } from './addRecord.ts';
import { aliasArtist } from './aliasArtist.ts';
import { chooseCover } from './chooseCover.ts';
import { deleteListen, restoreListen } from './deleteListen.ts';
import { logNamed } from './logNamed.ts';
import { loveTrack } from './loveTrack.ts';
import { mergeAlbums, splitAlbum } from './mergeAlbums.ts';
import { mergeArtists, splitArtist } from './mergeArtists.ts';
import { mergeListens, unmergeListens } from './mergeListens.ts';
import { moveNeedle } from './moveNeedle.ts';
import { noteAlbum } from './noteAlbum.ts';
import { noteListen } from './noteListen.ts';
import { rateAlbum } from './rateAlbum.ts';
import { rejoinListen, splitListen } from './splitListen.ts';

/** What the library does with each kind of mutation. */
const HANDLERS = {
  'love-track': loveTrack,
  'delete-listen': deleteListen,
  'restore-listen': restoreListen,
  'rate-album': rateAlbum,
  'note-album': noteAlbum,
  'note-listen': noteListen,
  'add-listens': addListens,
  'log-named': logNamed,
  'remove-listens': removeListens,
  'move-needle': moveNeedle,
  'split-listen': splitListen,
  'rejoin-listen': rejoinListen,
  'merge-listens': mergeListens,
  'part-listens': unmergeListens,
  'merge-albums': mergeAlbums,
  'split-album': splitAlbum,
  'merge-artists': mergeArtists,
  'split-artist': splitArtist,
  'alias-artist': aliasArtist,
  'choose-cover': chooseCover,
  'add-record': addRecord,
  'remove-record': removeRecord,
} satisfies { [K in MutationKind]: MutationHandler<K> };

/** The handler of a mutation's kind, which takes this mutation. */
export const handlerOf = ({ kind }: Mutation) => HANDLERS[kind] as unknown as MutationHandler<MutationKind>;
