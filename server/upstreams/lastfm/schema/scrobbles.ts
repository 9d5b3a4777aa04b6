import * as v from 'valibot';
import { UpstreamError } from '../../../kit/http/upstreamError.ts';
import { entriesRead, refuseMostlyUnreadable, type SetAside } from '../../../kit/http/setAside.ts';
import { parseResponse, record } from '../../../kit/http/responseSchema.ts';
import type { ScrobbleOutcome, ScrobbleToSend } from '../../ports.ts';
import type { LastfmParameters } from '../signature.ts';
import { list, whole } from './parts.ts';
import { LASTFM } from '../settings.ts';

/** How many plays Last.fm takes at once. */
export const LARGEST_BATCH = 50;

const IGNORED: Record<number, string> = {
  1: 'Last.fm ignores this artist',
  2: 'Last.fm ignores this track',
  3: 'The play is too long ago for Last.fm, which takes about two weeks',
  4: 'The play lies in the future for Last.fm',
  5: 'Last.fm takes no more plays today: the daily limit is reached',
};

/** The parameters of track.scrobble: `artist[0]`, `track[0]` … */
export function scrobbleParameters(plays: readonly ScrobbleToSend[]): LastfmParameters {
  const fields = plays.flatMap((play, position): [string, string | number | undefined][] => [
    [`artist[${position}]`, play.artist],
    [`track[${position}]`, play.title],
    [`timestamp[${position}]`, play.playedAt],
    [`album[${position}]`, play.album],
    [`albumArtist[${position}]`, play.albumArtist],
    [`duration[${position}]`, play.durationSeconds],
    [`mbid[${position}]`, play.trackMbid],
  ]);
  return Object.fromEntries(
    fields.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]])),
  );
}

const outcome = record({ ignoredMessage: v.optional(record({ code: whole }), { code: 0 }) });
const scrobbles = v.object({ scrobbles: v.object({ scrobble: list }) });

/**
 * Reads an answer to track.scrobble: one outcome for each play sent, in the order sent; null where it cannot be read.
 * @param onSetAside called with outcomes that could not be read.
 * @throws UpstreamError `malformed`, also when it does not speak of each play.
 */
export function readScrobbles(
  body: unknown,
  sent: number,
  onSetAside?: (entries: SetAside[]) => void,
): (ScrobbleOutcome | null)[] {
  const { scrobble } = parseResponse(LASTFM, scrobbles, body).scrobbles;
  if (scrobble.length !== sent) {
    const message = `Last.fm answered for ${scrobble.length} of ${sent} plays`;
    throw new UpstreamError({ upstream: LASTFM, kind: 'malformed', message });
  }
  const { read, aside } = entriesRead(outcome, scrobble);
  refuseMostlyUnreadable(LASTFM, aside, sent);
  if (aside.length > 0) onSetAside?.(aside);
  const codes = new Map(read.map(({ place, value }) => [place, value.ignoredMessage.code]));
  return scrobble.map((_, place) => {
    const code = codes.get(place);
    if (code === undefined) return null;
    return code === 0
      ? { accepted: true }
      : { accepted: false, code, reason: IGNORED[code] ?? `Last.fm ignored the play (code ${code})` };
  });
}
