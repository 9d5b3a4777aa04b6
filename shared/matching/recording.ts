import { foldForSearch } from './fold.ts';
import { NUMBERED_BEFORE, normalizeTitle } from './title.ts';
import { isSameRecording } from './versionKinds.ts';

/**
 * The key that the titles of one recording share among its artist's: the name folded, and the remarks that make it a recording
 * of its own. "Wonderwall" and "Wonderwall (Remastered 2014)" have one; "Wonderwall (Live)" has another. Titles that
 * `sameTrack` would have to weigh (a slip, a subtitle left out) have different keys.
 */
export function recordingKey(title: string): string {
  const { core, versions } = normalizeTitle(title.replace(NUMBERED_BEFORE, ''));
  const own = versions.filter(({ kind }) => !isSameRecording(kind)).map(({ kind, detail }) => `${kind} ${detail}`);
  return [foldForSearch(core).replaceAll(' ', ''), ...own.sort()].join('\n');
}
