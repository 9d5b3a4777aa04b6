import { keyByNames } from '#shared/journal/listen.ts';
import type { RecordedScrobble, ScrobbleInput, Scrobbles } from '../../library/api/scrobbles.ts';
import { inSlices, type Pace } from '../../kit/slices.ts';
import type { ReportedPlay } from '../../upstreams/ports.ts';

export const toScrobble = (play: ReportedPlay): ScrobbleInput => ({
  ...play,
  source: 'lastfm',
  sourceKey: keyByNames(play),
});

export interface ReconcileResult {
  recorded: number;
  corrected: number;
  known: number;
  /** Recorded scrobbles of the window that the source did not list this time. */
  missing: RecordedScrobble[];
  /** Recorded as gone, and listed again. */
  back: RecordedScrobble[];
}

/**
 * Deduplicates a window that is read again. Brings what is recorded of it in line with what Last.fm lists in it: the same again changes nothing,
 * another spelling under the same stamp corrects, the rest is new. Removes nothing. What is new is written slice by slice: a device
 * that was away for days brings thousands of plays, and the same window read once more finds those that were written.
 */
export async function reconcile(
  scrobbles: Scrobbles,
  plays: readonly ReportedPlay[],
  window: { from: number; to: number },
  pace: Pace = {},
): Promise<ReconcileResult> {
  const unmatched = byStamp(scrobbles.between('lastfm', window.from, window.to));
  const result: ReconcileResult = { recorded: 0, corrected: 0, known: 0, missing: [], back: [] };
  const open: ReportedPlay[] = [];
  const seen = new Set<string>();
  const take = (at: number, fits: (recorded: RecordedScrobble) => boolean): RecordedScrobble | undefined => {
    const here = unmatched.get(at) ?? [];
    const index = here.findIndex(fits);
    return index < 0 ? undefined : here.splice(index, 1)[0];
  };

  for (const play of plays) {
    // The same play on two pages of a window that shifted, or listed twice: one play.
    const key = keyByNames(play);
    if (seen.has(key)) continue;
    seen.add(key);
    const known = take(play.playedAt, (recorded) => recorded.artist === play.artist && recorded.title === play.title);
    if (!known) {
      open.push(play);
      continue;
    }
    if (known.goneUpstream) result.back.push(known);
    if ((known.album ?? '') === (play.album ?? '')) result.known += 1;
    else {
      scrobbles.correct(known.id, toScrobble(play));
      result.corrected += 1;
    }
  }

  const fresh: ScrobbleInput[] = [];
  for (const play of open) {
    const misspelt =
      take(play.playedAt, (recorded) => recorded.artist === play.artist || recorded.title === play.title) ??
      take(play.playedAt, (recorded) => alike(recorded.title, play.title) || alike(recorded.artist, play.artist));
    if (misspelt) {
      scrobbles.correct(misspelt.id, toScrobble(play));
      result.corrected += 1;
    } else fresh.push(toScrobble(play));
  }
  // Newest last, so that ids rise with time.
  fresh.sort((one, other) => one.playedAt - other.playedAt);
  await inSlices(fresh, pace, (slice) => {
    for (const { state } of scrobbles.record(slice)) {
      if (state === 'new') result.recorded += 1;
      else result.known += 1;
    }
  });
  result.missing = [...unmatched.values()].flat();
  return result;
}

function byStamp(recorded: readonly RecordedScrobble[]): Map<number, RecordedScrobble[]> {
  const stamps = new Map<number, RecordedScrobble[]>();
  for (const scrobble of recorded) {
    const here = stamps.get(scrobble.playedAt);
    if (here) here.push(scrobble);
    else stamps.set(scrobble.playedAt, [scrobble]);
  }
  return stamps;
}

/** Two spellings of one name: most of their letters in common, whatever the case and the accents. */
function alike(one: string, other: string): boolean {
  const letters = (name: string) =>
    new Set(
      name
        .normalize('NFKD')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]/gu, ''),
    );
  const [a, b] = [letters(one), letters(other)];
  if (a.size === 0 || b.size === 0) return false;
  const common = [...a].filter((letter) => b.has(letter)).length;
  return common / Math.max(a.size, b.size) >= 0.7;
}
