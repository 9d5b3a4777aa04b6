import * as v from 'valibot';
import { defineMutation, type ShownNames, type Targets } from './definition.ts';
import { ListenId, ScrobbleId, SplitReport } from './fields.ts';
import type { OptimisticDraft, SplitListen } from './optimisticState.ts';

const fields = { listenId: ListenId, scrobbleId: ScrobbleId, report: v.optional(SplitReport) };

interface Split {
  listenId: number;
  scrobbleId: number;
  report?: SplitReport | undefined;
}

const keyOf = ({ listenId, scrobbleId }: Split): string => `${listenId}:${scrobbleId}`;

/** The report as a listen of its own, while it is not in the journal under an id of the server's. */
function shownAs(state: OptimisticDraft, split: Split): SplitListen {
  const { listenId, report } = split;
  return { id: state.ownSplits.get(keyOf(split)) ?? 0, listenId, ...(report && { report }) };
}

const targets = ({ listenId, scrobbleId, report }: Split, shown: ShownNames): Targets => [
  shown.listen(listenId),
  report && { kind: 'scrobble', id: scrobbleId, ...report },
];

/** One report of a listen is a play of its own; `report` is what the device shows of it meanwhile. Undone by {@link rejoinListen}. */
export const splitListen = defineMutation({
  schema: v.object({ kind: v.literal('split-listen'), ...fields }),
  shownIn: ['journal'],
  conflictKey: null,
  targets,
  reserveIds: (state, mutation) => void state.ownSplits.set(keyOf(mutation), state.nextListenId()),
  optimistic(state, mutation) {
    const split = shownAs(state, mutation);
    state.rejoined = state.rejoined.filter(({ id }) => id !== split.id);
    state.splits.set(keyOf(mutation), split);
  },
});

export const rejoinListen = defineMutation({
  schema: v.object({ kind: v.literal('rejoin-listen'), ...fields }),
  shownIn: ['journal'],
  conflictKey: null,
  targets,
  optimistic(state, mutation) {
    const split = shownAs(state, mutation);
    state.rejoined = [...state.rejoined.filter(({ id }) => id !== split.id), split];
    state.splits.delete(keyOf(mutation));
  },
});
