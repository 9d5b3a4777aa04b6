import { isUpstreamError } from '../../kit/http/upstreamError.ts';
import type { ScrobbleOutbox, SubmitResult, UnsentScrobble } from '../../library/api/scrobbleOutbox.ts';
import type { ScrobbleTarget, ScrobbleToSend } from '../../upstreams/ports.ts';

/** `ignoredMessage` of a day that is full: the play itself is fine and is offered again later. */
const DAILY_LIMIT = 5;

/**
 * Sends one batch and marks at once what became of each. A batch that is refused for what is in it is sent in halves, so
 * that one play which Last.fm cannot read keeps none of the others back.
 *
 * @returns how many were marked, and whether Last.fm takes no more today.
 * @throws UpstreamError when Last.fm could not be reached or does not answer; what was marked by then stays marked.
 */
export async function submitBatch(
  target: ScrobbleTarget,
  plays: readonly UnsentScrobble[],
  outbox: Pick<ScrobbleOutbox, 'markResults'>,
  signal: AbortSignal,
): Promise<{ marked: number; isFull: boolean }> {
  let outcomes;
  try {
    outcomes = await target.scrobble(plays.map(toSend), signal);
  } catch (error) {
    if (!isUpstreamError(error) || error.kind !== 'bad-request') throw error;
    const [only, ...others] = plays;
    if (only && others.length === 0) {
      outbox.markResults([{ id: only.id, outcome: 'ignored', code: null, reason: error.message }]);
      return { marked: 1, isFull: false };
    }
    const half = Math.ceil(plays.length / 2);
    const first = await submitBatch(target, plays.slice(0, half), outbox, signal);
    const second = await submitBatch(target, plays.slice(half), outbox, signal);
    return { marked: first.marked + second.marked, isFull: first.isFull || second.isFull };
  }
  const results = plays.flatMap(({ id }, place): SubmitResult[] => {
    const outcome = outcomes[place];
    if (!outcome || (!outcome.accepted && outcome.code === DAILY_LIMIT)) return [];
    return outcome.accepted
      ? [{ id, outcome: 'taken' }]
      : [{ id, outcome: 'ignored', code: outcome.code, reason: outcome.reason }];
  });
  outbox.markResults(results);
  return { marked: results.length, isFull: results.length < plays.length };
}

const toSend = ({ playedAt, artist, albumArtist, title, album, durationSeconds }: UnsentScrobble): ScrobbleToSend => ({
  playedAt,
  artist,
  title,
  ...(album !== null && { album }),
  ...(albumArtist !== null && { albumArtist }),
  ...(durationSeconds !== null && { durationSeconds }),
});
