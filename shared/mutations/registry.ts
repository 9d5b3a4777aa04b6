import * as v from 'valibot';
import { addListens, removeListens } from './addListens.ts';
import { addRecord, removeRecord } from './addRecord.ts';
import { aliasArtist } from './aliasArtist.ts';
import { chooseCover } from './chooseCover.ts';
import type { MutationDefinition } from './definition.ts';
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

const definitions = {
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
};

export type MutationKind = keyof typeof definitions;

/** Everything that a person can do to the library, by its kind on the wire. Their order is that of the wire's schema. */
export const MUTATIONS = definitions satisfies {
  [K in MutationKind]: { schema: v.GenericSchema<unknown, { kind: K }> };
};

type Schema = (typeof MUTATIONS)[MutationKind]['schema'];

/** What a person did, as one small fact that can be applied exactly once. */
export const Mutation = v.variant(
  'kind',
  Object.values(MUTATIONS).map(({ schema }) => schema),
);
export type Mutation = v.InferOutput<Schema>;
export type MutationOf<K extends MutationKind> = Extract<Mutation, { kind: K }>;

export const MUTATION_KINDS = Object.keys(MUTATIONS) as MutationKind[];

/** The definition of a mutation's kind, which takes this mutation. */
export const definitionOf = <M extends Mutation>({ kind }: M) =>
  MUTATIONS[kind] as unknown as MutationDefinition<v.GenericSchema, M>;
