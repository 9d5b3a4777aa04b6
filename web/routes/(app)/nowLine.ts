import { t } from '$lib/i18n/index.svelte.ts';
import type { NowPlayingNow } from '$lib/library/index.ts';
import { beginningName } from './beginningName.ts';
import { type NowSaid, wordOf } from './nowShown.ts';

function placeOf({ session, source, zone }: NowPlayingNow): string {
  if (session || source === 'turntable') return t('now.turntable');
  const name = t(`source.${source}`);
  return zone ? t('now.zone', { source: name, zone }) : name;
}

/** What the bar says of what plays, without its place: "Now". */
export function nowWord({ side, album }: NowPlayingNow, said: NowSaid): string {
  return said === 'turning'
    ? t('turntable.turning', { what: beginningName(side?.begins ?? 'record', album) })
    : t(wordOf[said]);
}

/** The same with its place, and how many other places play: "Now · Last.fm (+ 2)". */
export function nowLine(playing: NowPlayingNow, said: NowSaid, others: number): string {
  const word = nowWord(playing, said);
  const line = said === 'turning' ? word : t('now.saidAt', { said: word, place: placeOf(playing) });
  if (others === 0) return line;
  return t(said === 'now' ? 'now.and' : 'now.othersPlay', { said: line, n: others });
}
