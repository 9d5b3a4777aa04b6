import type { RoonZone } from '#server/upstreams/roon/index.ts';

/** What one zone showed at one moment. */
export interface Moment {
  at: number;
  zone: RoonZone;
}

/** One play as the slow way sees it. */
export interface SlowPlay {
  title: string;
  moments: Moment[];
}

/**
 * The rule once more, for one zone and whole seconds, slow and obvious: cut the session into plays, then for each play
 * colour every second of the track that was passed in a listened step, and count the coloured ones.
 */
export function slowListens(zoneMoments: Moment[]): { title: string; listenedSeconds: number; startedAt: number }[] {
  return playsOf(zoneMoments).flatMap((play) => {
    const length = play.moments[0]!.zone.nowPlaying!.lengthSeconds!;
    const heard = colouredSeconds(play.moments);
    if (length <= 30 || (heard < length / 2 && heard < 240)) return [];
    return [{ title: play.title, listenedSeconds: heard, startedAt: startOf(play) }];
  });
}

function playsOf(zoneMoments: Moment[]): SlowPlay[] {
  const plays: SlowPlay[] = [];
  let current: SlowPlay | null = null;
  let silentSince: number | null = null;
  for (const moment of zoneMoments) {
    const shown = moment.zone.nowPlaying;
    if (!shown) {
      silentSince ??= moment.at;
      continue;
    }
    const last = current?.moments.at(-1)?.zone.nowPlaying;
    const isSame = last !== undefined && last !== null && last.title === shown.title;
    const wasSilent = silentSince !== null;
    const silentFor: number = silentSince === null ? 0 : moment.at - silentSince;
    silentSince = null;
    if (isSame && !(wasSilent ? begunAfterSilence(current!, moment, silentFor) : cameRound(current!, moment))) {
      current!.moments.push(moment);
      continue;
    }
    current = null;
    // A play begins when it sounds; until then the zone only shows what it might play.
    if (moment.zone.state !== 'playing') continue;
    current = { title: shown.title, moments: [moment] };
    plays.push(current);
  }
  return plays;
}

function begunAfterSilence(play: SlowPlay, { at, zone }: Moment, silentFor: number): boolean {
  const last = play.moments.at(-1)!;
  const position = zone.nowPlaying!.seekPosition!;
  const step = position - last.zone.nowPlaying!.seekPosition!;
  const away = last.zone.state === 'playing' ? at - last.at : 0;
  return position <= 3 || step < -5 || step > 5 + away || silentFor > 120;
}

function cameRound(play: SlowPlay, { zone }: Moment): boolean {
  const { seekPosition, lengthSeconds } = play.moments.at(-1)!.zone.nowPlaying!;
  const position = zone.nowPlaying!.seekPosition!;
  return position <= 3 && position < seekPosition! && lengthSeconds! - seekPosition! <= 10;
}

function colouredSeconds(moments: Moment[]): number {
  const coloured = new Set<number>();
  for (let index = 1; index < moments.length; index += 1) {
    const [before, now] = [moments[index - 1]!.zone, moments[index]!.zone];
    const [from, to] = [before.nowPlaying!.seekPosition!, now.nowPlaying!.seekPosition!];
    if (to - from > 3 || (before.state !== 'playing' && now.state !== 'playing')) continue;
    for (let second = from; second < to; second += 1) coloured.add(second);
  }
  return coloured.size;
}

/** A play whose beginning was observed; the session is taken to begin in silence. */
function startOf(play: SlowPlay): number {
  const first = play.moments[0]!;
  const position = first.zone.nowPlaying!.seekPosition!;
  return first.at - (position <= 3 ? position : 0);
}
