import type { UpstreamId } from '../upstreams/registry.ts';
import { EURIA } from './euriaState.ts';
import type { ServiceState } from './household.ts';
import { firstState, rows, type StateRow } from './stateRow.ts';

/** What is known of Last.fm at a moment. */
export interface LastfmFacts {
  /** There are a key and a user. */
  isConfigured: boolean;
  /** Plays are read, now and then, by themselves. */
  isFollowing: boolean;
  /** Another person's history is set than the one that is here. */
  isOtherUser: boolean;
  /** The last reading came to nothing. */
  hasFailed: boolean;
  /** Plays logged here are not taken before a person acts. */
  isRefusing: boolean;
  /** A reading with these settings came to a good end. */
  hasAnswered: boolean;
}

const LASTFM = rows<LastfmFacts>()([
  { code: 'not-configured', status: 'off', when: ({ isConfigured }) => !isConfigured },
  // Who does not follow tries nothing again: what was wrong before is over.
  { code: 'other-user', status: 'attention', when: ({ isOtherUser, isFollowing }) => isOtherUser && isFollowing },
  { code: 'failing', status: 'attention', when: ({ hasFailed, isFollowing }) => hasFailed && isFollowing },
  { code: 'refused', status: 'attention', when: ({ isRefusing }) => isRefusing },
  { code: 'stopped', status: 'off', when: ({ isFollowing }) => !isFollowing },
  { code: 'unasked', status: 'connected', when: ({ hasAnswered }) => !hasAnswered },
  { code: 'following', status: 'connected', when: () => true },
]);

/** What is known of Roon at a moment. */
export interface RoonFacts {
  isFollowing: boolean;
  /** A person said once that it should be followed, or not. */
  isChosen: boolean;
  link: 'searching' | 'connecting' | 'waiting-for-approval' | 'paired' | 'lost';
  /** Something is wrong, though the Core may be there. */
  hasFailed: boolean;
}

const linkIs = (link: RoonFacts['link']) => (facts: RoonFacts) => facts.link === link;

const ROON = rows<RoonFacts>()([
  { code: 'not-configured', status: 'off', when: ({ isFollowing, isChosen }) => !isFollowing && !isChosen },
  { code: 'stopped', status: 'off', when: ({ isFollowing }) => !isFollowing },
  { code: 'not-written', status: 'attention', when: ({ link, hasFailed }) => link === 'paired' && hasFailed },
  { code: 'paired', status: 'connected', when: linkIs('paired') },
  { code: 'lost', status: 'attention', when: linkIs('lost') },
  { code: 'waiting-for-approval', status: 'attention', when: linkIs('waiting-for-approval') },
  { code: 'connecting', status: 'attention', when: linkIs('connecting') },
  { code: 'searching', status: 'attention', when: () => true },
]);

/**
 * What came of the last request: what was wrong, `well`, or `unknown` before there was one with these settings. `test-failed`: a person
 * had it asked once, and nothing asks again by itself.
 */
export type Asked = 'unknown' | 'well' | 'asked-for-a-pause' | 'failed' | 'test-failed';

/** What is known of Discogs at a moment. */
export interface DiscogsFacts {
  isConfigured: boolean;
  /** How the last import is or went; `idle` before there was one. */
  lastImport: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  /** The import's last request came to nothing. */
  hasFailed: boolean;
  /** It takes no look-up before a person acts. */
  isRefused: boolean;
  /** What came of the last look-up or test. */
  last: Asked;
}

const importIs = (state: DiscogsFacts['lastImport']) => (facts: DiscogsFacts) => facts.lastImport === state;

const DISCOGS = rows<DiscogsFacts>()([
  { code: 'not-configured', status: 'off', when: ({ isConfigured }) => !isConfigured },
  { code: 'refused', status: 'attention', when: ({ isRefused }) => isRefused },
  {
    code: 'failing',
    status: 'attention',
    when: ({ lastImport, hasFailed, last }) =>
      lastImport === 'running' ? hasFailed : lastImport !== 'failed' && last === 'failed',
  },
  { code: 'importing', status: 'connected', when: importIs('running') },
  // An import that failed is not begun again by itself.
  { code: 'import-failed', status: 'attention', when: importIs('failed') },
  { code: 'last-failed', status: 'attention', when: ({ last }) => last === 'test-failed' },
  { code: 'import-cancelled', status: 'connected', when: importIs('cancelled') },
  { code: 'ready', status: 'connected', when: importIs('done') },
  { code: 'answered', status: 'connected', when: ({ last }) => last === 'well' },
  { code: 'unasked', status: 'connected', when: () => true },
]);

/** What is known of a service that gaps are looked up at. */
interface AskedFacts {
  /** A person wants nothing looked up for now. */
  isPaused: boolean;
  /** It takes no request before a person acts. */
  isRefused: boolean;
  /** It is not asked for a while. */
  isLeftAlone: boolean;
  last: Asked;
}

/** Spotify is asked once there are a key and its secret. */
export interface LookupFacts extends AskedFacts {
  isConfigured: boolean;
}

/** MusicBrainz needs no key, so what it lacks is another: an address to be written to, or the setting that it is asked at all. */
export interface MusicbrainzFacts extends AskedFacts {
  hasContact: boolean;
  isWanted: boolean;
}

const ASKED = rows<AskedFacts>()([
  // Also while nothing is looked up: nothing could be.
  { code: 'refused', status: 'attention', when: ({ isRefused }) => isRefused },
  { code: 'lookups-paused', status: 'connected', when: ({ isPaused }) => isPaused },
  // Only a pause that the service asked for is shown as its request; of a pause from before a start no more is known than that there is one.
  {
    code: 'blocked',
    status: 'attention',
    when: ({ isLeftAlone, last }) => isLeftAlone && last === 'asked-for-a-pause',
  },
  { code: 'last-failed', status: 'attention', when: ({ last }) => last === 'test-failed' },
  { code: 'resting', status: 'attention', when: ({ isLeftAlone, last }) => isLeftAlone && last !== 'failed' },
  { code: 'failing', status: 'attention', when: ({ last }) => last === 'failed' },
  { code: 'unasked', status: 'connected', when: ({ last }) => last !== 'well' },
  { code: 'ready', status: 'connected', when: () => true },
]);

/** The states of a service that is looked up at, and needs a key. */
const LOOKUPS_WITH_KEY = [
  ...rows<LookupFacts>()([{ code: 'not-configured', status: 'off', when: ({ isConfigured }) => !isConfigured }]),
  ...ASKED,
];

const MUSICBRAINZ = [
  ...rows<MusicbrainzFacts>()([
    { code: 'no-contact', status: 'off', when: ({ hasContact }) => !hasContact },
    { code: 'switched-off', status: 'off', when: ({ isWanted }) => !isWanted },
  ]),
  ...ASKED,
];

/** Every state there is, by service, the first that holds counts. */
export const SERVICE_STATES = {
  lastfm: LASTFM,
  roon: ROON,
  discogs: DISCOGS,
  spotify: LOOKUPS_WITH_KEY,
  musicbrainz: MUSICBRAINZ,
  euria: EURIA,
} satisfies Record<UpstreamId, unknown>;

type StateTables = typeof SERVICE_STATES;
/** A service that is looked up at, and needs a key. */
export type LookupWithKeyId = {
  [Id in UpstreamId]: StateTables[Id] extends typeof LOOKUPS_WITH_KEY ? Id : never;
}[UpstreamId];
/** The codes that can be shown of a service. */
export type CodeOf<Id extends UpstreamId> = StateTables[Id][number]['code'];

/** All that the rows of one table ask about. */
type FactsIn<Row> = (Row extends StateRow<string, infer Facts> ? (facts: Facts) => void : never) extends (
  facts: infer All,
) => void
  ? All
  : never;
type FactsOf = { [Id in UpstreamId]: FactsIn<StateTables[Id][number]> };

const TABLES: { [Id in UpstreamId]: readonly StateRow<CodeOf<Id>, FactsOf[Id]>[] } = SERVICE_STATES;

/** A service's state in the terms of the Settings page: the only place that decides which sentence is said of it, and when. */
export const serviceState = <Id extends UpstreamId>(
  id: Id,
  facts: FactsOf[Id],
): Pick<ServiceState, 'status' | 'trouble'> & { id: Id; code: CodeOf<Id> } => ({
  id,
  ...firstState(TABLES[id], facts),
});
