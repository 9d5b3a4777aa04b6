/** What a title says about the version, beside its name. */
export type VersionKind =
  | 'remaster'
  | 'mono'
  | 'stereo'
  | 'mix'
  | 'deluxe'
  | 'bonus'
  | 'release'
  | 'explicit'
  | 'video'
  | 'soundtrack'
  | 'edit'
  | 'extended'
  | 'live'
  | 'acoustic'
  | 'demo'
  | 'instrumental'
  | 'remix'
  | 'cover'
  | 'karaoke'
  | 'take'
  | 'reprise'
  | 'rerecorded';

/**
 * Kinds that name the same recording in another dress: mastering, channels, packaging, what it was released on.
 * All other kinds are recordings, or cuts of one, of their own.
 */
const SAME_RECORDING: ReadonlySet<VersionKind> = new Set([
  'remaster',
  'mono',
  'stereo',
  'mix',
  'deluxe',
  'bonus',
  'release',
  'explicit',
  'video',
  'soundtrack',
]);

/** Whether two titles that differ in this remark alone may still be the same recording. */
export function isSameRecording(kind: VersionKind): boolean {
  return SAME_RECORDING.has(kind);
}
