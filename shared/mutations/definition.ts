import type * as v from 'valibot';
import type { HeardTrack } from '../journal/sounding.ts';
import type { OptimisticDraft } from './optimisticState.ts';
import type { MutationTarget, TargetOf } from './targets.ts';

/** The collections in which what a mutation does is shown. */
export type ShownIn = 'albums' | 'artists' | 'journal' | 'household';

/** What this device shows under an id; undefined for what it does not know. */
export interface ShownNames {
  listen(id: number): TargetOf<'listen'> | undefined;
  track(id: number): TargetOf<'track'> | undefined;
  album(id: string): TargetOf<'album'> | undefined;
  /** The album that has a manually added copy of that name. */
  albumOfCopy(alias: string): TargetOf<'album'> | undefined;
  /** An album that became part of `into`. */
  formerAlbum(id: string, into: string): TargetOf<'album'> | undefined;
  artist(id: string): TargetOf<'artist'> | undefined;
  formerArtist(id: string, into: string): TargetOf<'artist'> | undefined;
  image(id: number, albumId: string): TargetOf<'image'> | undefined;
  /** '' for none. */
  albumNote(id: string): string | undefined;
  listenNote(id: number): string | undefined;
}

export type Targets = readonly (MutationTarget | undefined)[];

/** What a mutation decides about. A love is of the recording, on whichever album it was given. */
export type ConflictEntity = 'recording' | 'album' | 'listen';

/** What a mutation decides. */
export interface ConflictKey<M> {
  /** Kinds that speak of the same thing have the same name. */
  name: string;
  /** What the id is of: merging leads from one to another. */
  entity: ConflictEntity;
  id(mutation: M): number | string;
}

/** The device's own name (a UUID) for what it made, and what that is to a person. */
export interface Made {
  name: string;
  targets: Targets;
}

/** A line that the pages have for some mutations of a kind. */
export type OtherLine = 'unlove-track';

/** Everything about one kind of mutation but how the library applies it: that is in server/library/mutations. */
export interface MutationDefinition<S extends v.GenericSchema, M = v.InferOutput<S>> {
  /** As it is on the wire and stored; its `kind` is the registry's key. */
  schema: S;
  /** Until a device has passed the result's seq in all of these it shows the effect by itself. */
  shownIn: readonly [ShownIn, ...ShownIn[]];
  /** Of two devices' mutations with one key the later holds; null where both hold. */
  conflictKey: ConflictKey<M> | null;
  /** What its ids are to the person. */
  targets(mutation: M, shown: ShownNames): Targets;
  /** What a device shows before the server has answered: changes the state, and nothing else. */
  optimistic(state: OptimisticDraft, mutation: M): void;
  /**
   * Gives ids of the device's own to what it makes. Called for every mutation of the device before any effect, pending or not, so
   * that the ids do not change when others are answered.
   * @param madeAt milliseconds since the epoch.
   */
  reserveIds?(state: OptimisticDraft, mutation: M, madeAt: number): void;
  /** The mutation with what stood there before, as far as this device shows it. */
  withBefore?(mutation: M, shown: ShownNames): M;
  /** What it makes. @param targets those it was sent with. */
  makes?(mutation: M, targets: Targets): Made;
  /**
   * For one that logs listens: the same once more, as a group of another name.
   * @param heard what was heard of it at the turntable, of which only that is logged, each where it was; empty where it was not there.
   */
  logAgain?(mutation: M, group: string, heard: readonly HeardTrack[]): M;
  /** For one that makes one of two, or two of one: of what `from` and `into` are, and the id that its result says was created. */
  unites?: 'album' | 'artist';
  /** What it speaks of that may be the device's own, by that name. */
  ownNames?(mutation: M): readonly string[];
  /** The line of the pages that says what was done, where that is not the kind's own. */
  line?(mutation: M): OtherLine | undefined;
  /** The rating that it gives, which its line says; 0 for none. */
  rating?(mutation: M): number;
  /** What the person wrote in it: shown with a refusal, because it may exist nowhere else any more. */
  writtenText?(mutation: M): string;
}

/** Checks one kind's definition, with its types. */
export const defineMutation = <S extends v.GenericSchema>(definition: MutationDefinition<S>): MutationDefinition<S> =>
  definition;
