import { expect, it, vi } from 'vitest';
import en from '../../../lib/i18n/en/index.ts';
import { fill, type Params } from '../../../lib/i18n/message.ts';
import { isShown, lookupSentence, type Lookups } from './lookups.ts';

vi.mock('$lib/i18n/index.svelte.ts', () => {
  const say = (key: string, values: Params = {}) =>
    fill(en[key as keyof typeof en], values, new Intl.PluralRules('en'), new Intl.NumberFormat('en'));
  return {
    t: say,
    lookUp: (key: string, values: Params = {}) => (key in en ? say(key, values) : undefined),
    current: { language: 'en', locale: 'en-GB' },
  };
});
vi.mock('$lib/i18n/format.svelte.ts', () => ({
  list: (items: string[]) => new Intl.ListFormat('en-GB').format(items),
  momentOn: (seconds: number) => `at ${new Date(seconds * 1000).toISOString().slice(11, 16)}`,
  playing: ({ seconds }: { seconds: number }) => `about ${seconds / 60} min`,
}));

const NOW = Date.parse('2026-03-01T12:00:00Z');
const some: Lookups = {
  upstream: 'musicbrainz',
  state: 'working',
  blockedUntil: null,
  trouble: null,
  waiting: 3,
  kinds: { 'musicbrainz-album': 2, 'cover-art': 1 },
  secondsLeft: null,
};
const said = (more: Partial<Lookups>) => lookupSentence({ ...some, ...more }, 'UTC', NOW);
const WHAT = 'Still to look up: covers and years of 2 records and cover of 1 record.';

it('says what is looked up, how long that takes where it is known, and why it waits', () => {
  expect(said({})).toBe(`${WHAT} How long that takes is not known yet.`);
  expect(said({ secondsLeft: 600 })).toBe(`${WHAT} That takes about 10 min.`);
  expect(said({ state: 'paused' })).toBe(`${WHAT} Paused: nothing is looked up until you continue.`);
  expect(said({ state: 'paused', waiting: 0, kinds: {} })).toBe('Paused: nothing is looked up until you continue.');
  expect(said({ state: 'refused', trouble: { code: 'refused' } })).toMatch(
    /^Still to look up: .* cover of 1 record\. MusicBrainz /,
  );
  expect(said({ state: 'blocked', blockedUntil: NOW / 1000 + 600 })).toBe(`${WHAT} AIME continues at 12:10.`);
  expect(said({ kinds: { 'musicbrainz-album': 2, 'of-tomorrow': 1 } })).toBe(
    'Still to look up: covers and years of 2 records and 1 more thing. How long that takes is not known yet.',
  );
});

it('shows a service only where something waits that will be asked, or a person paused it', () => {
  expect(isShown(some)).toBe(true);
  expect(isShown({ ...some, waiting: 0 })).toBe(false);
  expect(isShown({ ...some, state: 'off' })).toBe(false);
  expect(isShown({ ...some, state: 'paused', waiting: 0 })).toBe(true);
});
