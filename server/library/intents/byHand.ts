import { endOf, playedOf, trackToPlay, type TurntableSession } from '#shared/journal/turntable.ts';
import { isPossibleMoment } from '#shared/library/moments.ts';
import type { Intent } from '#shared/sync/intents.ts';
import { trackById } from '../catalogue/trackById.ts';
import type { Core } from '../core.ts';
import {
  groupRows,
  lengthOf,
  removeUnheard,
  reportByHand,
  withdraw,
  writeHeard,
  writeReports,
} from '../turntable/listens.ts';
import { keepMove, keepSession, removeSession, storedSession, storeSession } from '../turntable/sessions.ts';
import { namedTracks } from './namedTracks.ts';
import type { Arrival, Effect, Handlers } from './handler.ts';
import { refuse, trackNamedBy } from './targets.ts';

type LogNamed = Extract<Intent, { kind: 'log-named' }>;
/** Tracks of the library that a person logs; `whole` where the one stands for a whole record. */
type AddListens = Pick<Extract<Intent, { kind: 'add-listens' }>, 'group' | 'playedAt' | 'tracks'> &
  Pick<LogNamed, 'whole'>;

/** So far back a person says when something was heard by what day it is: tonight, yesterday, on Sunday. */
const LATELY_SECONDS = 7 * 86_400;

/**
 * "I am playing this": a person's own reports, resolved like those of any source. What had not ended when it was said is a session at
 * the turntable: nothing of it is in the journal before it was heard.
 */
export const byHand: Handlers<'add-listens' | 'log-named' | 'remove-listens' | 'move-needle'> = {
  'add-listens': log,
  'log-named'(core, { group, playedAt, artist, album, albumId, tracks, whole }, arrival) {
    const named = namedTracks(core, { artist, album, albumId, tracks, whole });
    return log(core, { group, playedAt, tracks: named, ...(whole && { whole }) }, arrival);
  },
  'remove-listens'(core, { group }) {
    const rows = groupRows(core, group);
    const session = storedSession(core, group);
    const wasSession = removeSession(core, group);
    if (rows.length === 0 && !wasSession) refuse('unknown-group', 'These listens are not in the journal.');
    withdraw(core, rows);
    if (session !== undefined) removeUnheard(core, session);
    return { seenIn: wasSession ? 'household' : 'journal' };
  },
  'move-needle'(core, { group, move }, arrival) {
    const at = byLibrary(move.at, arrival);
    if (!isPossibleMoment(at, arrival.now)) refuse('in-the-future', 'This would be done more than a day from now.');
    if (keepMove(core, group, { ...move, at })) {
      nameAgain(core, group);
      writeSession(core, group, arrival);
    }
    return { seenIn: 'household' };
  },
};

/** What lies ahead because the device's clock does is now by the library's. In seconds since the epoch. */
const byLibrary = (at: number, { now, aheadSeconds }: Arrival): number => (at > now / 1000 ? at - aheadSeconds : at);

function log(core: Core, intent: AddListens, arrival: Arrival): Effect {
  const said = sessionOf(core, intent);
  const last = playedOf(said).at(-1)!.from;
  refuseAhead(last, arrival);
  refuseBehind(last, arrival);
  const session = { ...said, playedAt: byLibrary(said.playedAt, arrival) };
  // A device that was away tells of a session once it has ended, and only then of what was done in it.
  if (endOf(session) > Math.floor(Math.min(arrival.now, arrival.madeAt) / 1000)) {
    keepSession(core, session);
    writeSession(core, session.id, arrival);
    return { seenIn: 'household' };
  }
  const reports = playedOf(said).flatMap(({ place, from }) => {
    const { trackId, durationSeconds } = intent.tracks[place]!;
    return (
      reportByHand(core, intent.group, {
        number: place,
        trackId,
        playedAt: from,
        durationSeconds,
        whole: intent.whole,
      }) ?? []
    );
  });
  writeReports(core, reports, arrival.fromFormerLife);
  return { seenIn: 'journal' };
}

function writeSession(core: Core, id: string, { now, fromFormerLife }: Arrival): void {
  writeHeard(core, storedSession(core, id)!, Math.floor(now / 1000), fromFormerLife);
}

/** What was removed as unheard plays again once that is undone: its tracks are made of their names anew. */
function nameAgain(core: Core, group: string): void {
  const session = storedSession(core, group)!;
  if (session.tracks.every(({ trackId }) => trackById(core, trackId) !== undefined)) return;
  const said = core.db.get<{ intent: string }>(
    `SELECT intent FROM intents WHERE intent ->> 'kind' = 'log-named' AND intent ->> 'group' = ?`,
    group,
  );
  if (said === undefined) return;
  const named = namedTracks(core, JSON.parse(said.intent) as LogNamed);
  storeSession(core, {
    ...session,
    tracks: session.tracks.map((track, place) => ({ ...track, trackId: named[place]?.trackId ?? track.trackId })),
  });
}

/** What was said, each track with a length: as the device tells it, else as the library knows it, else the usual one. */
function sessionOf(core: Core, { group, playedAt, tracks, whole }: AddListens): Omit<TurntableSession, 'logged'> {
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
