import * as v from 'valibot';
import { Begins, MOST_PLAYED } from '../journal/turntable.ts';
import { DeviceUuid } from '../primitives/identifiers.ts';
import { Moment } from '../primitives/moments.ts';
import { defineMutation } from './definition.ts';
import { Duration, TrackId } from './fields.ts';
import { heardLengths, reserveLogged, showLogged } from './loggedListens.ts';

/**
 * Logs tracks, in order, from `playedAt` on. Where they end after it was made it is a session at the turntable:
 * each becomes a listen when its time has come. Undone by {@link removeListens} of the same group.
 */
export const addListens = defineMutation({
  schema: v.object({
    kind: v.literal('add-listens'),
    group: DeviceUuid,
    playedAt: Moment,
    tracks: v.pipe(
      v.array(v.object({ trackId: TrackId, durationSeconds: v.optional(Duration), begins: v.optional(Begins) })),
      v.minLength(1),
      v.maxLength(MOST_PLAYED),
    ),
  }),
  shownIn: ['journal', 'household'],
  conflictKey: null,
  targets: ({ tracks }, shown) => [...new Set(tracks.map(({ trackId }) => trackId))].map((id) => shown.track(id)),
  reserveIds: reserveLogged,
  optimistic: (state, { group }) => showLogged(state, group),
  makes: ({ group }, targets) => ({ name: group, targets }),
  logAgain(mutation, group, heard) {
    const [first] = heard;
    if (first === undefined) return { ...mutation, group };
    const lengths = heardLengths(mutation.tracks, heard);
    const tracks = heard.map(({ trackId }, index) => ({ trackId, ...lengths[index] }));
    return { ...mutation, group, playedAt: first.playedAt, tracks };
  },
});

/** Takes back what was logged as one group, on this device or another. */
export const removeListens = defineMutation({
  schema: v.object({ kind: v.literal('remove-listens'), group: DeviceUuid }),
  shownIn: ['journal', 'household'],
  conflictKey: null,
  targets: () => [],
  optimistic(state, { group }) {
    const listens = state.ownListens.get(group);
    if (!listens) state.removedSessions.set(group, state.ownSessions.get(group) ?? null);
    state.sessions.delete(group);
    state.added = state.added.filter((listen) => listen.group !== group);
    state.takenBack.push(...(listens ?? []));
  },
  ownNames: ({ group }) => [group],
});
