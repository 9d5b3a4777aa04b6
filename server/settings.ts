import * as v from 'valibot';
import type { CodedError } from '#shared/api/errorCodes.ts';
import { trimmed } from '#shared/text/blank.ts';

const text = v.pipe(v.string(), v.transform(trimmed));
const httpUrl = {
  schema: v.pipe(
    text,
    v.check((value) => /^https?:\/\/[^\s]+$/.test(value) && URL.canParse(value), 'an http or https address'),
  ),
  refusal: { code: 'setting-address' },
} as const;
const whole = (min: number, max: number) => ({
  schema: v.pipe(
    v.union(
      [v.number(), v.pipe(v.string(), v.regex(/^\s*-?\d+\s*$/), v.transform(Number))],
      `a whole number from ${min} to ${max}`,
    ),
    v.integer(`a whole number from ${min} to ${max}`),
    v.minValue(min, `a whole number from ${min} to ${max}`),
    v.maxValue(max, `a whole number from ${min} to ${max}`),
  ),
  refusal: { code: 'setting-whole', params: { least: min, most: max } } as const,
});
const isTimeZone = (name: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};
const list = v.union(
  [
    v.array(text),
    v.pipe(
      v.string(),
      v.transform((value) =>
        value
          .split(',')
          .map(trimmed)
          .filter((item) => item !== ''),
      ),
    ),
  ],
  'a list of texts, or texts with commas between',
);

interface SettingDefinition {
  env?: string;
  schema: v.GenericSchema<unknown, unknown>;
  /** What is wrong with a value that the schema does not take; by default only that it is. */
  refusal?: CodedError;
  /** Undefined: not set until somebody does. */
  fallback?: unknown;
  /** Never shown, kept in secrets.json. */
  secret?: true;
  /** May be changed in the app. Default false: it needs a restart, or it is where the files are. */
  inApp?: true;
}

/**
 * Every setting there is: its key in config/app.json (or secrets.json), its environment name, what it takes and its default.
 * A key `lastfm.url` stands as {"lastfm": {"url": …}} in the files.
 */
export const settingDefinitions = {
  host: { env: 'AIME_HOST', schema: v.pipe(text, v.minLength(1)), fallback: '127.0.0.1' },
  port: { env: 'AIME_PORT', ...whole(0, 65535), fallback: 8000 },
  dataDir: { env: 'AIME_DATA_DIR', schema: v.pipe(text, v.minLength(1)), fallback: 'data' },
  timezone: {
    env: 'AIME_TIMEZONE',
    schema: v.pipe(text, v.check(isTimeZone, 'an IANA time zone such as Europe/Zurich')),
    refusal: { code: 'setting-time-zone' },
    fallback: Intl.DateTimeFormat().resolvedOptions().timeZone,
    inApp: true,
  },
  'tls.cert': { env: 'AIME_TLS_CERT', schema: text },
  'tls.key': { env: 'AIME_TLS_KEY', schema: text },
  corsOrigins: { env: 'AIME_CORS_ORIGINS', schema: list, fallback: [] },
  token: { env: 'AIME_TOKEN', schema: v.pipe(text, v.minLength(1)), secret: true },

  'lastfm.url': { env: 'LASTFM_URL', ...httpUrl, fallback: 'https://ws.audioscrobbler.com/2.0/' },
  'lastfm.authUrl': { env: 'LASTFM_AUTH_URL', ...httpUrl, fallback: 'https://www.last.fm/api/auth/' },
  'lastfm.apiKey': { env: 'LASTFM_API_KEY', schema: text, secret: true, inApp: true },
  'lastfm.apiSecret': { env: 'LASTFM_API_SECRET', schema: text, secret: true, inApp: true },
  'lastfm.username': { env: 'LASTFM_USERNAME', schema: text, inApp: true },
  'lastfm.sessionKey': { env: 'LASTFM_SESSION_KEY', schema: text, secret: true, inApp: true },
  'lastfm.pollSeconds': { env: 'LASTFM_POLL_SECONDS', ...whole(1, 86_400), fallback: 150, inApp: true },
  /** Last.fm asks applications to stay at about one request a second. */
  'lastfm.requestsPerMinute': { env: 'LASTFM_REQUESTS_PER_MINUTE', ...whole(1, 60_000), fallback: 60, inApp: true },
  'lastfm.scrobbleManual': { schema: v.boolean('true or false'), fallback: false, inApp: true },

  'spotify.apiUrl': { env: 'SPOTIFY_API_URL', ...httpUrl, fallback: 'https://api.spotify.com/v1' },
  'spotify.accountsUrl': { env: 'SPOTIFY_ACCOUNTS_URL', ...httpUrl, fallback: 'https://accounts.spotify.com' },
  'spotify.clientId': { env: 'SPOTIFY_CLIENT_ID', schema: text, secret: true, inApp: true },
  'spotify.clientSecret': { env: 'SPOTIFY_CLIENT_SECRET', schema: text, secret: true, inApp: true },

  'discogs.url': { env: 'DISCOGS_URL', ...httpUrl, fallback: 'https://api.discogs.com' },
  'discogs.authorizeUrl': {
    env: 'DISCOGS_AUTHORIZE_URL',
    ...httpUrl,
    fallback: 'https://www.discogs.com/oauth/authorize',
  },
  'discogs.username': { env: 'DISCOGS_USERNAME', schema: text, inApp: true },
  'discogs.token': { env: 'DISCOGS_TOKEN', schema: text, secret: true, inApp: true },
  'discogs.consumerKey': { env: 'DISCOGS_CONSUMER_KEY', schema: text, secret: true, inApp: true },
  'discogs.consumerSecret': { env: 'DISCOGS_CONSUMER_SECRET', schema: text, secret: true, inApp: true },
  'discogs.oauthToken': { env: 'DISCOGS_OAUTH_TOKEN', schema: text, secret: true, inApp: true },
  'discogs.oauthTokenSecret': { env: 'DISCOGS_OAUTH_TOKEN_SECRET', schema: text, secret: true, inApp: true },

  /**
   * MusicBrainz wants to be told whom it can write to about a program: an e-mail address or a page. It is asked nothing until a person
   * has said so: an address made up would be a lie, and be blocked.
   */
  contact: {
    env: 'AIME_CONTACT',
    schema: v.pipe(
      text,
      v.maxLength(200),
      v.regex(/^(?:[^\s@()]+@[^\s@()]+\.[^\s@()]+|https?:\/\/[^\s()]+)$/i, 'an e-mail address or a web page'),
    ),
    refusal: { code: 'setting-contact' },
    inApp: true,
  },
  'musicbrainz.lookups': { schema: v.boolean('true or false'), fallback: true, inApp: true },
  'musicbrainz.url': { env: 'MUSICBRAINZ_URL', ...httpUrl, fallback: 'https://musicbrainz.org/ws/2' },
  'coverart.url': { env: 'COVERART_URL', ...httpUrl, fallback: 'https://coverartarchive.org' },

  'roon.host': {
    env: 'ROON_HOST',
    schema: v.pipe(text, v.regex(/^[\w.:-]{1,253}$/, 'a name or an address, without http://')),
    refusal: { code: 'setting-host' },
    inApp: true,
  },
  'roon.port': { env: 'ROON_PORT', ...whole(1, 65535), inApp: true },
  'roon.pollSeconds': { env: 'ROON_POLL_SECONDS', ...whole(1, 86_400), fallback: 120, inApp: true },
  'roon.countRadio': { schema: v.boolean('true or false'), fallback: false, inApp: true },
  'roon.hiddenZones': { schema: list, fallback: [], inApp: true },
  'roon.zoneNames': {
    schema: v.pipe(
      v.record(v.string(), v.string()),
      v.check((names) => !Array.isArray(names), 'names by their zones'),
    ),
    fallback: {},
    inApp: true,
  },

  'euria.url': { env: 'EURIA_URL', ...httpUrl, inApp: true },
  'euria.token': { env: 'EURIA_TOKEN', schema: text, secret: true, inApp: true },
  'euria.model': {
    env: 'EURIA_MODEL',
    schema: v.pipe(text, v.minLength(1)),
    fallback: 'mistral-large-latest',
    inApp: true,
  },
  'euria.language': { env: 'EURIA_LANGUAGE', schema: v.pipe(text, v.minLength(2), v.maxLength(35)), inApp: true },
  /** Whether it writes about albums by itself. A service that is paid for is not asked without a person's word. */
  'euria.background': { schema: v.boolean('true or false'), fallback: false, inApp: true },
  /** Texts a day that it writes by itself, at most. */
  'euria.dailyCap': { ...whole(0, 100_000), fallback: 200, inApp: true },
  /** Texts a day that people ask for, at most. */
  'euria.askedCap': { ...whole(0, 100_000), fallback: 200, inApp: true },

  'images.allowedHosts': {
    schema: list,
    fallback: [
      'i.discogs.com',
      'img.discogs.com',
      'st.discogs.com',
      'i.scdn.co',
      'lastfm.freetls.fastly.net',
      'lastfm-img2.akamaized.net',
      'coverartarchive.org',
      'archive.org',
      '*.archive.org',
      '*.us.archive.org',
    ],
    inApp: true,
  },
  'images.cacheMegabytes': { ...whole(10, 1_000_000), fallback: 2_000, inApp: true },

  /** A folder on another disk or machine, where every backup is copied too. */
  'backups.secondFolder': { env: 'AIME_BACKUP_DIR_2', schema: text, inApp: true },

  'retention.days': { ...whole(0, 36_500), fallback: 365, inApp: true },
  language: { schema: v.nullable(v.picklist(['fr', 'en'], 'fr or en')), fallback: null, inApp: true },
} as const satisfies Record<string, SettingDefinition>;

export type SettingKey = keyof typeof settingDefinitions;
export type SettingValue<K extends SettingKey> = v.InferOutput<(typeof settingDefinitions)[K]['schema']>;
export const settingKeys = Object.keys(settingDefinitions) as SettingKey[];
export const definitionOf = (key: SettingKey): SettingDefinition => settingDefinitions[key];
export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(settingDefinitions, key);

/** What a schema takes, in words, for the message that refuses another value. */
export function expectation(issues: readonly v.BaseIssue<unknown>[]): string {
  const said = issues[0]?.message ?? 'another value';
  return said.startsWith('Invalid') ? (issues[0]?.expected ?? said) : said;
}
