import { describe, expect, it } from 'vitest';
import {
  SERVICE_STATES,
  serviceState,
  type DiscogsFacts,
  type LastfmFacts,
  type LookupFacts,
  type MusicbrainzFacts,
  type RoonFacts,
} from './serviceStates.ts';
import type { UpstreamId } from '../upstreams/registry.ts';

const LASTFM: LastfmFacts = {
  isConfigured: true,
  isFollowing: true,
  isOtherUser: false,
  hasFailed: false,
  isRefusing: false,
  hasAnswered: true,
};
const ROON: RoonFacts = { isFollowing: true, isChosen: true, link: 'paired', hasFailed: false };
const DISCOGS: DiscogsFacts = {
  isConfigured: true,
  lastImport: 'done',
  hasFailed: false,
  isRefused: false,
  last: 'well',
};
const ASKED = { isPaused: false, isRefused: false, isLeftAlone: false, last: 'well' } as const;
const LOOKUPS: LookupFacts = { ...ASKED, isConfigured: true };
const MUSICBRAINZ: MusicbrainzFacts = { ...ASKED, hasContact: true, isWanted: true };

/** A state, what makes it, and the least that ends it, with what it is then. */
type Case<Facts> = [code: string, made: Partial<Facts>, ended: Partial<Facts>, then: string];

const LASTFM_CASES: Case<LastfmFacts>[] = [
  ['not-configured', { isConfigured: false, isFollowing: false, hasFailed: true }, { isConfigured: true }, 'stopped'],
  ['other-user', { isOtherUser: true, hasFailed: true }, { isOtherUser: false }, 'failing'],
  ['other-user', { isOtherUser: true }, { isFollowing: false }, 'stopped'],
  ['failing', { hasFailed: true }, { hasFailed: false }, 'following'],
  ['failing', { hasFailed: true }, { isFollowing: false }, 'stopped'],
  ['refused', { isRefusing: true }, { isRefusing: false }, 'following'],
  ['stopped', { isFollowing: false }, { isFollowing: true }, 'following'],
  ['unasked', { hasAnswered: false }, { hasAnswered: true }, 'following'],
  ['following', {}, { hasAnswered: false }, 'unasked'],
];

const ROON_CASES: Case<RoonFacts>[] = [
  ['not-configured', { isFollowing: false, isChosen: false }, { isChosen: true }, 'stopped'],
  ['stopped', { isFollowing: false, hasFailed: true }, { isFollowing: true }, 'not-written'],
  ['not-written', { hasFailed: true }, { hasFailed: false }, 'paired'],
  ['not-written', { hasFailed: true }, { link: 'lost' }, 'lost'],
  ['paired', {}, { hasFailed: true }, 'not-written'],
  ['lost', { link: 'lost', hasFailed: true }, { link: 'connecting' }, 'connecting'],
  ['waiting-for-approval', { link: 'waiting-for-approval' }, { link: 'paired' }, 'paired'],
  ['connecting', { link: 'connecting' }, { link: 'searching' }, 'searching'],
  ['searching', { link: 'searching' }, { link: 'waiting-for-approval' }, 'waiting-for-approval'],
];

const DISCOGS_CASES: Case<DiscogsFacts>[] = [
  ['not-configured', { isConfigured: false, hasFailed: true }, { isConfigured: true, hasFailed: false }, 'ready'],
  ['refused', { isRefused: true, last: 'failed' }, { isRefused: false, last: 'well' }, 'ready'],
  ['refused', { isRefused: true, lastImport: 'failed', hasFailed: true }, { isRefused: false }, 'import-failed'],
  ['failing', { lastImport: 'running', hasFailed: true }, { hasFailed: false }, 'importing'],
  ['failing', { last: 'failed' }, { last: 'well' }, 'ready'],
  ['failing', { last: 'failed' }, { lastImport: 'running' }, 'importing'],
  ['last-failed', { last: 'test-failed' }, { last: 'well' }, 'ready'],
  ['last-failed', { last: 'test-failed' }, { last: 'failed' }, 'failing'],
  ['failing', { lastImport: 'running', hasFailed: true }, { lastImport: 'failed' }, 'import-failed'],
  ['importing', { lastImport: 'running' }, { lastImport: 'done' }, 'ready'],
  [
    'import-failed',
    { lastImport: 'failed', hasFailed: true },
    { lastImport: 'running', hasFailed: false },
    'importing',
  ],
  ['import-cancelled', { lastImport: 'cancelled', hasFailed: true }, { lastImport: 'running' }, 'failing'],
  ['ready', {}, { lastImport: 'idle' }, 'answered'],
  ['answered', { lastImport: 'idle' }, { last: 'unknown' }, 'unasked'],
  ['unasked', { lastImport: 'idle', last: 'unknown' }, { lastImport: 'done' }, 'ready'],
];

const ASKED_CASES: Case<Omit<LookupFacts, 'isConfigured'>>[] = [
  ['lookups-paused', { isPaused: true, last: 'unknown' }, { isPaused: false }, 'unasked'],
  ['refused', { isRefused: true, last: 'failed' }, { isRefused: false, last: 'unknown' }, 'unasked'],
  ['refused', { isRefused: true, isPaused: true, last: 'failed' }, { isRefused: false }, 'lookups-paused'],
  ['last-failed', { last: 'test-failed' }, { last: 'well' }, 'ready'],
  ['last-failed', { last: 'test-failed', isLeftAlone: true }, { last: 'failed' }, 'failing'],
  ['blocked', { isLeftAlone: true, last: 'asked-for-a-pause' }, { last: 'failed' }, 'failing'],
  ['blocked', { isLeftAlone: true, last: 'asked-for-a-pause' }, { isLeftAlone: false }, 'unasked'],
  ['resting', { isLeftAlone: true, last: 'unknown' }, { isLeftAlone: false }, 'unasked'],
  ['resting', { isLeftAlone: true, last: 'unknown' }, { last: 'asked-for-a-pause' }, 'blocked'],
  ['failing', { last: 'failed' }, { last: 'well' }, 'ready'],
  ['failing', { last: 'failed', isLeftAlone: true }, { last: 'unknown' }, 'resting'],
  ['unasked', { last: 'unknown' }, { last: 'well' }, 'ready'],
  ['ready', {}, { last: 'unknown' }, 'unasked'],
];

const SPOTIFY_CASES: Case<LookupFacts>[] = [
  ['not-configured', { isConfigured: false }, { isConfigured: true }, 'ready'],
  ...ASKED_CASES,
];

const MUSICBRAINZ_CASES: Case<MusicbrainzFacts>[] = [
  ['no-contact', { hasContact: false }, { hasContact: true }, 'ready'],
  ['switched-off', { isWanted: false }, { isWanted: true }, 'ready'],
  ...ASKED_CASES,
];

const check = <Id extends UpstreamId, Facts>(
  id: Id,
  cases: Case<Facts>[],
  stateFor: (change: Partial<Facts>) => { code: string },
) =>
  describe(`the state of ${id}`, () => {
    it.each(cases)('is %s by %j, and no more by %j', (code, made, ended, then) => {
      expect(stateFor(made)).toMatchObject({ code });
      expect(stateFor({ ...made, ...ended })).toMatchObject({ code: then });
    });
    it('has a case for each', () =>
      expect(new Set(cases.map(([code]) => code))).toEqual(new Set(SERVICE_STATES[id].map(({ code }) => code))));
  });

check('lastfm', LASTFM_CASES, (change) => serviceState('lastfm', { ...LASTFM, ...change }));
check('roon', ROON_CASES, (change) => serviceState('roon', { ...ROON, ...change }));
check('discogs', DISCOGS_CASES, (change) => serviceState('discogs', { ...DISCOGS, ...change }));
check('spotify', SPOTIFY_CASES, (change) => serviceState('spotify', { ...LOOKUPS, ...change }));
check('musicbrainz', MUSICBRAINZ_CASES, (change) => serviceState('musicbrainz', { ...MUSICBRAINZ, ...change }));
