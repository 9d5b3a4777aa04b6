import { isUpstreamError } from '../../kit/http/upstreamError.ts';
import type { ManualScrobbles, Telling, UntoldScrobble } from '../../library/manualScrobbles.ts';
import type { ScrobbleTarget, ScrobbleToSend } from '../../upstreams/ports.ts';

/** `ignoredMessage` of a day that is full: the play itself is fine and is offered again later. */
const DAILY_LIMIT = 5;

/**
 * Tells of one batch and notes at once what became of each. A batch that is refused for what is in it is told in halves, so
 * that one play which Last.fm cannot read keeps none of the others back.
 *
 * @returns how many were noted, and whether Last.fm takes no more today.
 * @throws UpstreamError when Last.fm could not be told; what was noted by then stays noted.
 */
export async function tellScrobbles(
  target: ScrobbleTarget,
  plays: readonly UntoldScrobble[],
  queue: Pick<ManualScrobbles, 'note'>,
  signal: AbortSignal,
): Promise<{ noted: number; full: boolean }> {
  let outcomes;
  try {
    outcomes = await target.scrobble(plays.map(toSend), signal);
  } catch (error) {
    if (!isUpstreamError(error) || error.kind !== 'bad-request') throw error;
    const [only, ...others] = plays;
    if (only && others.length === 0) {
      queue.note([{ id: only.id, outcome: 'ignored', code: null, reason: error.message }]);
      return { noted: 1, full: false };
    }
    const half = Math.ceil(plays.length / 2);
    const first = await tellScrobbles(target, plays.slice(0, half), queue, signal);
    const second = await tellScrobbles(target, plays.slice(half), queue, signal);
    return { noted: first.noted + second.noted, full: first.full || second.full };
  }
  const tellings = plays.flatMap(({ id }, place): Telling[] => {
    const outcome = outcomes[place];
    if (!outcome || (!outcome.accepted && outcome.code === DAILY_LIMIT)) return [];
    return outcome.accepted
      ? [{ id, outcome: 'taken' }]
      : [{ id, outcome: 'ignored', code: outcome.code, reason: outcome.reason }];
  });
  queue.note(tellings);
  return { noted: tellings.length, full: tellings.length < plays.length };
}

const toSend = ({ playedAt, artist, albumArtist, title, album, durationSeconds }: UntoldScrobble): ScrobbleToSend => ({
  playedAt,
  artist,
  title,
  ...(album !== null && { album }),
  ...(albumArtist !== null && { albumArtist }),
  ...(durationSeconds !== null && { durationSeconds }),
});
