import * as v from 'valibot';
import { ListenSource } from '../journal/listen.ts';
import { DocumentId, LAST_SECOND, Whole } from '../primitives/identifiers.ts';

/** As the person saw it: of a listen that an earlier version took, any time that a date holds. */
const SeenSeconds = v.pipe(v.number(), v.integer(), v.minValue(-LAST_SECOND), v.maxValue(LAST_SECOND));
const Name = v.pipe(v.string(), v.maxLength(10_000));

/**
 * What a mutation is about, as the person saw it: the id it had then, and what it named. After a restore the id may be
 * another thing's; the names are not.
 */
export const MutationTarget = v.variant('kind', [
  v.object({ kind: v.literal('listen'), id: Whole, playedAt: SeenSeconds, title: Name, artist: Name }),
  /** `album` is the title of the album that carries the track; `discogsId` identifies the pressing of that album. */
  v.object({
    kind: v.literal('track'),
    id: Whole,
    title: Name,
    artist: Name,
    album: v.nullable(Name),
    discogsId: v.optional(v.nullable(Name)),
  }),
  /** The first artist's name; '' where the album is credited to none. */
  v.object({
    kind: v.literal('album'),
    id: DocumentId,
    title: Name,
    artist: Name,
    discogsId: v.optional(v.nullable(Name)),
  }),
  v.object({ kind: v.literal('artist'), id: DocumentId, name: Name }),
  v.object({ kind: v.literal('image'), id: Whole, source: v.string(), albumId: DocumentId }),
  v.object({ kind: v.literal('scrobble'), id: Whole, source: ListenSource, playedAt: SeenSeconds }),
]);
export type MutationTarget = v.InferOutput<typeof MutationTarget>;
export type TargetKind = MutationTarget['kind'];
export type TargetOf<K extends TargetKind> = Extract<MutationTarget, { kind: K }>;

/** Two ids and two hundred tracks at most are named by one mutation, each once. */
export const MutationTargets = v.pipe(v.array(MutationTarget), v.maxLength(250));
