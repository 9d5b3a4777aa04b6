/** Why an intent or a playlist that a device wrote was not taken: keys of the pages' words. A push's own errors come by their codes. */
export const REFUSAL_REASONS = [
  'target-gone', 'alias-taken', 'artist-exists', 'in-the-future', 'too-old', 'clocks-apart', 'unknown-group', 'two-releases', 'merge-unknown',
  'not-merged', 'unknown-image', 'unknown-listen', 'no-evidence', 'unknown-record', 'unknown-album', 'unknown-artist', 'unknown-track',
  'unknown-playlist', 'too-many-entries', 'unknown-scrobble', 'only-witness', 'same-source',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];
