import fc from 'fast-check';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { Scene } from './cases.ts';

const note = fc.constantFrom('', 'By the fire', 'Bought in the rain');
const third = fc.nat(2);

/** One of a person's mutations that may be repeated and undone in any order, of the same few things. */
export const anyMutation: fc.Arbitrary<(scene: Scene) => Mutation> = fc.oneof(
  fc.boolean().map((loved) => ({ trackId }: Scene): Mutation => ({ kind: 'love-track', trackId, loved })),
  fc.tuple(third, fc.nat(5)).map(([which, rating]) => ({ albums }: Scene): Mutation => ({
    kind: 'rate-album',
    albumId: albums[which]!,
    rating,
  })),
  fc.tuple(third, note).map(([which, text]) => ({ albums }: Scene): Mutation => ({
    kind: 'note-album',
    albumId: albums[which]!,
    note: text,
  })),
  fc.tuple(third, note).map(([which, text]) => ({ listens }: Scene): Mutation => ({
    kind: 'note-listen',
    listenId: listens[which]!,
    note: text,
  })),
  fc.tuple(third, fc.boolean()).map(([which, isDeleted]) => ({ listens }: Scene): Mutation => ({
    kind: isDeleted ? 'delete-listen' : 'restore-listen',
    listenId: listens[which]!,
  })),
  fc
    .tuple(third, fc.constantFrom('One', 'Another'), fc.boolean())
    .map(([which, name, remove]) => ({ artists }: Scene): Mutation => ({
      kind: 'alias-artist',
      artistId: artists[which]!,
      name: `${name} ${which}`,
      remove,
    })),
);
