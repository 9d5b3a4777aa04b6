import type { PlainKey } from '$lib/i18n/index.svelte.ts';
import type { Service } from '../services/services.ts';

/** What is known of the server's settings, as serverSettings has it. */
export interface KnownSettings {
  text(key: string): string;
  isSecret(key: string): boolean;
  isSet(key: string): boolean;
  isUnchosen(key: string): boolean;
}

/** Whether a service has what it takes to bring something in; where only a part was entered, the part that is missing. */
export type Connected = 'connected' | 'off' | { missing: PlainKey };

/** The services whose keys were saved though no check of them passed, and why not. */
export type Unproved = Partial<Record<Service['id'], 'unchecked' | 'refused'>>;

/** What came of trying what was entered for a service. */
interface CheckResult {
  state: 'busy' | 'ok' | 'bad';
  message: string;
  field?: string | undefined;
  /** It was asked, and did not take what was entered. */
  refused?: boolean;
}
export type CheckResults = Partial<Record<Service['id'], CheckResult>>;

/** Last.fm is asked with a user name and a key. */
export function lastfmConnected({ text, isSet }: KnownSettings): Connected {
  const [named, keyed] = [text('lastfm.username') !== '', isSet('lastfm.apiKey')];
  if (named && keyed) return 'connected';
  return named ? { missing: 'field.lastfm.apiKey' } : keyed ? { missing: 'field.lastfm.username' } : 'off';
}

/** Discogs is asked with a token, which says whose it is, or as an account that was connected. */
export function discogsConnected({ text, isSet }: KnownSettings, account: boolean): Connected {
  if (isSet('discogs.token') || account) return 'connected';
  return text('discogs.username') === '' ? 'off' : { missing: 'field.discogs.token' };
}

/**
 * What puts these settings back to what they were, after something was tried in their place. Of a secret that was set before only the
 * server knows what it was: it is left out, and so stays what was tried.
 */
export const puttingBack = (
  keys: readonly string[],
  { text, isSecret, isSet, isUnchosen }: KnownSettings,
): Record<string, string | null> =>
  Object.fromEntries(
    keys
      .filter((key) => !isSecret(key) || !isSet(key))
      .map((key) => [key, isSecret(key) || isUnchosen(key) ? null : text(key)]),
  );

/** What went wrong says nothing about the key: the service could not be asked, or gave no answer. */
const UNANSWERED = [
  'service-unreachable',
  'service-timeout',
  'service-resting',
  'service-rate-limited',
  'service-broken',
  'service-malformed',
];

/** Whether a check ended without a word on what was entered. */
export const isUnanswered = (problem: { code: string } | undefined): boolean =>
  problem !== undefined && UNANSWERED.includes(problem.code);
