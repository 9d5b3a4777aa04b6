import * as v from 'valibot';
import { NeedleMove } from '../journal/turntable.ts';
import { DeviceUuid } from '../primitives/identifiers.ts';
import { defineMutation } from './definition.ts';

/** What was done at the turntable in that session; taken back by the same with `undone`. */
export const moveNeedle = defineMutation({
  schema: v.object({ kind: v.literal('move-needle'), group: DeviceUuid, move: NeedleMove }),
  shownIn: ['household'],
  conflictKey: null,
  targets: () => [],
  optimistic: ({ needleMoves }, { group, move }) =>
    void needleMoves.set(group, [...(needleMoves.get(group) ?? []), move]),
  ownNames: ({ group }) => [group],
});
