import type { ErrorCode } from '../errors/errorCodes.ts';

/** What another service answers or does not; in the operations that ask one while they are answered. */
export const SERVICE_ERRORS = [
  'service-unreachable',
  'service-timeout',
  'service-rate-limited',
  'service-resting',
  'service-refused',
  'service-not-found',
  'service-bad-request',
  'service-malformed',
  'service-broken',
  'service-not-connected',
  'service-cancelled',
  'service-premium-needed',
  'service-history-private',
  'service-account-refused',
  'service-secret-refused',
  'service-token-needed',
  'service-user-unknown',
] as const satisfies readonly ErrorCode[];

/** Why a change of a setting is refused. */
export const SETTING_ERRORS = [
  'unknown-setting',
  'setting-at-start',
  'setting-fixed',
  'setting-whole',
  'setting-address',
  'setting-contact',
  'setting-host',
  'setting-time-zone',
  'setting-value',
] as const satisfies readonly ErrorCode[];
