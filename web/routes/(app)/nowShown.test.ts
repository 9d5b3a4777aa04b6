import { expect, it, vi } from 'vitest';
import type { NowPlayingNow } from '$lib/library/index.ts';
import en from '../../lib/i18n/en/index.ts';
import fr from '../../lib/i18n/fr/index.ts';
import { fill, type Params } from '../../lib/i18n/message.ts';
import { nowLine } from './nowLine.ts';
import { nowSaid, shownOf } from './nowShown.ts';

const spoken = vi.hoisted(() => ({ language: 'en' }));
vi.mock('$lib/i18n/index.svelte.ts', () => ({
  t: (key: keyof typeof en, values: Params = {}) =>
    fill(
      (spoken.language === 'fr' ? fr : en)[key],
      values,
      new Intl.PluralRules(spoken.language),
      new Intl.NumberFormat(spoken.language),
    ),
}));

const one = (more: Partial<NowPlayingNow> = {}): NowPlayingNow => ({
  place: 'lastfm',
  source: 'lastfm',
  state: 'playing',
  title: 'Gate',
  artist: 'The Alders',
  album: null,
  durationSeconds: 200,
  positionSeconds: 10,
  at: 0,
  ...more,
});
const zone = (more: Partial<NowPlayingNow> = {}) => one({ place: 'roon:1', source: 'roon', zone: 'Salon', ...more });
const turntable = (more: Partial<NowPlayingNow> = {}) =>
  one({ place: 'turntable:1', source: 'turntable', session: '1', ...more });

it.each<[string, NowPlayingNow, boolean, string]>([
  ['what plays', one(), true, 'now'],
  ['what plays and nobody knows how long', one({ positionSeconds: null, durationSeconds: null }), true, 'now'],
  ['what is paused', zone({ state: 'paused' }), true, 'paused'],
  ['what has not begun to sound', zone({ state: 'loading' }), true, 'loading'],
  ['what is past its end', one({ positionSeconds: 200 }), true, 'ended'],
  ['what was last reported before the server was out of reach', one(), false, 'lastReported'],
  ['what was paused then', zone({ state: 'paused' }), false, 'lastReported'],
  ['the turntable, without a server too', turntable(), false, 'now'],
  ['the turntable paused', turntable({ state: 'paused' }), false, 'paused'],
  ['a record being turned', turntable({ state: 'turning' }), true, 'turning'],
])('of %s it says so', (_what, playing, isReached, said) => expect(nowSaid(playing, isReached)).toBe(said));

it('shows the turntable before what plays, and that before what does not; other places count only where they play', () => {
  expect(shownOf([], true)).toEqual({ playing: undefined, others: 0 });
  const paused = zone({ state: 'paused' });
  expect(shownOf([paused, one()], true)).toEqual({ playing: one(), others: 0 });
  expect(shownOf([paused], true)).toEqual({ playing: paused, others: 0 });
  const held = turntable({ state: 'paused' });
  expect(shownOf([zone(), held, paused], true)).toEqual({ playing: held, others: 1 });
  expect(shownOf([held, zone()], false)).toEqual({ playing: held, others: 0 });
});

it.each<[string, NowPlayingNow, number, string, string]>([
  ['one place', one(), 0, 'Now · Last.fm', 'En cours · Last.fm'],
  ['several places', one(), 2, 'Now · Last.fm (+ 2)', 'En cours · Last.fm (+ 2)'],
  ['a zone', zone(), 1, 'Now · Roon in Salon (+ 1)', 'En cours · Roon, Salon (+ 1)'],
  ['the turntable', turntable(), 0, 'Now · Turntable', 'En cours · Platine'],
  [
    'what is paused while others play',
    zone({ state: 'paused' }),
    2,
    'Paused · Roon in Salon, 2 other places play',
    'En pause · Roon, Salon, 2 autres endroits jouent',
  ],
])('the line of %s, in both languages', (_, playing, others, ...lines) => {
  const said = nowSaid(playing, true);
  expect(
    ['en', 'fr'].map((language) => {
      spoken.language = language;
      return nowLine(playing, said, others);
    }),
  ).toEqual(lines);
});
