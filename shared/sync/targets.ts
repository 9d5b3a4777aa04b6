import * as v from 'valibot';
import { ListenSource } from '../journal/listen.ts';
import { DocumentId, EpochSeconds } from '../library/identifiers.ts';

const Id = v.pipe(v.number(), v.integer());
const Name = v.pipe(v.string(), v.maxLength(10_000));

/**
 * What a mutation is about, as the person saw it: the id it had then, and what it named. After a restore the id may be
 * another thing's; the names are not.
 */
export const MutationTarget = v.variant('kind', [
  v.object({ kind: v.literal('listen'), id: Id, playedAt: EpochSeconds, title: Name, artist: Name }),
  /** `album` is the title of the album that carries the track; `discogsId` tells that album's pressings apart. */
  v.object({ kind: v.literal('track'), id: Id, title: Name, artist: Name, album: v.nullable(Name), discogsId: v.optional(v.nullable(Name)) }),
  /** The first artist's name; '' where the album is credited to none. */
  v.object({ kind: v.literal('album'), id: DocumentId, title: Name, artist: Name, discogsId: v.optional(v.nullable(Name)) }),
  v.object({ kind: v.literal('artist'), id: DocumentId, name: Name }),
  v.object({ kind: v.literal('image'), id: Id, source: v.string(), albumId: DocumentId }),
  v.object({ kind: v.literal('scrobble'), id: Id, source: ListenSource, playedAt: EpochSeconds }),
]);
export type MutationTarget = v.InferOutput<typeof MutationTarget>;
export type TargetKind = MutationTarget['kind'];
export type TargetOf<K extends TargetKind> = Extract<MutationTarget, { kind: K }>;

/** Two ids and two hundred tracks at most are named by one mutation, each once. */
export const MutationTargets = v.pipe(v.array(MutationTarget), v.maxLength(250));
