import { endOf, playedOf } from '#shared/journal/needle.ts';
import { trackToPlay, type TurntableSession } from '#shared/journal/turntable.ts';
import { isPossibleMoment } from '#shared/primitives/moments.ts';
import type { MutationOf } from '#shared/mutations/registry.ts';
import type { Core } from '../core.ts';
import { lengthOf, createManualReport, writeHeard, writeReports } from '../turntable/listens.ts';
import { keepSession, storedSession } from '../turntable/sessions.ts';
import type { Arrival, Effect } from './definition.ts';
import { refuse, trackNamedBy } from './targets.ts';

/** Tracks of the library that a person logs; `whole` where the one stands for a whole record. */
export type LoggedTracks = Pick<MutationOf<'add-listens'>, 'group' | 'playedAt' | 'tracks'> &
  Pick<MutationOf<'log-named'>, 'whole'>;

/** So far back a person says when something was heard by what day it is: tonight, yesterday, on Sunday. */
const LATELY_SECONDS = 7 * 86_400;

/** What lies ahead because the device's clock does is now by the library's. In seconds since the epoch. */
export const byLibrary = (at: number, { now, aheadSeconds }: Arrival): number =>
  at > now / 1000 ? at - aheadSeconds : at;

/**
 * Takes what a person logs: their own reports, resolved like those of any source. What had not ended when it was said is a session at
 * the turntable: nothing of it is in the journal before it was heard.
 */
export function logTracks(core: Core, mutation: LoggedTracks, arrival: Arrival): Effect {
  const said = sessionOf(core, mutation);
  const last = playedOf(said).at(-1)!.from;
  refuseAhead(last, arrival);
  refuseBehind(last, arrival);
  const session = { ...said, playedAt: byLibrary(said.playedAt, arrival) };
  // A device that was away submits a session once it has ended, and only then of what was done in it.
  if (endOf(session) > Math.floor(Math.min(arrival.now, arrival.madeAt) / 1000)) {
    keepSession(core, session);
    writeSession(core, session.id, arrival);
    return { seenIn: 'household' };
  }
  const reports = playedOf(said).flatMap(({ place, from }) => {
    const { trackId, durationSeconds } = mutation.tracks[place]!;
    return (
      createManualReport(core, mutation.group, {
        number: place,
        trackId,
        playedAt: from,
        durationSeconds,
        whole: mutation.whole,
      }) ?? []
    );
  });
  writeReports(core, reports, arrival.fromFormerLife);
  return { seenIn: 'journal' };
}

/** Writes what has been heard of a session by now. */
export function writeSession(core: Core, id: string, { now, fromFormerLife }: Arrival): void {
  writeHeard(core, storedSession(core, id)!, Math.floor(now / 1000), fromFormerLife);
}

/** What was said, each track with a length: as the device has it, else as the library knows it, else the usual one. */
function sessionOf(core: Core, { group, playedAt, tracks, whole }: LoggedTracks): Omit<TurntableSession, 'logged'> {
  return {
    id: group,
    playedAt,
    tracks: tracks.map(({ trackId, durationSeconds, begins }) => {
      const { id } = trackNamedBy(core, trackId);
      return trackToPlay({ trackId: id, durationSeconds: durationSeconds ?? lengthOf(core, id), begins, whole });
    }),
    moves: [],
  };
}

/** Nothing is taken of a group whose last track would begin more than a day from now, however early its first does. @param last in seconds. */
function refuseAhead(last: number, { now, deviceNow }: Arrival): void {
  if (isPossibleMoment(last, now)) return;
  if (deviceNow === undefined || !isPossibleMoment(last, deviceNow))
    refuse('in-the-future', 'A track of these would begin more than a day from now.');
  refuse(
    'clocks-apart',
    'By the server’s clock a track of these begins more than a day from now; by this device’s it does not. Set the clock that is wrong, and log them again.',
  );
}

/** What a person logs as heard now or lately, by a clock that is far behind, was not heard then. @param last in seconds. */
function refuseBehind(last: number, { madeBehind }: Arrival): void {
  if (madeBehind === undefined || last < madeBehind / 1000 - LATELY_SECONDS) return;
  refuse(
    'clocks-apart',
    'By this device’s clock these were heard lately; by the server’s that was long ago. Set the clock that is wrong, and log them again.',
  );
}
