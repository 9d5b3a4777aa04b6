import * as v from 'valibot';
import { list, type SettingDefinition, settingsTogether, text, whole } from './kit/settingDefinition.ts';
import { pictureHosts, upstreamSettings } from './upstreams/registry.ts';

const isTimeZone = (name: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** The settings of no source: the server's own. */
const ownSettings = {
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

  'images.allowedHosts': { schema: list, fallback: pictureHosts, inApp: true },
  'images.cacheMegabytes': { ...whole(10, 1_000_000), fallback: 2_000, inApp: true },

  /** A folder on another disk or machine, where every backup is copied too. */
  'backups.secondFolder': { env: 'AIME_BACKUP_DIR_2', schema: text, inApp: true },

  'retention.days': { ...whole(0, 36_500), fallback: 365, inApp: true },
  language: { schema: v.nullable(v.picklist(['fr', 'en'], 'fr or en')), fallback: null, inApp: true },
} as const satisfies Record<string, SettingDefinition>;

/**
 * Every setting there is: its key in config/app.json (or secrets.json), its environment name, what it takes and its default.
 * A key `lastfm.url` stands as {"lastfm": {"url": …}} in the files.
 */
export const settingDefinitions = settingsTogether([ownSettings, upstreamSettings]) as typeof ownSettings &
  typeof upstreamSettings;

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
