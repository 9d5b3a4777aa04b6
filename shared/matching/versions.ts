import { foldForSearch } from './fold.ts';
import { remembered } from './memo.ts';
import type { VersionKind } from './versionKinds.ts';
import { isSameRecording } from './versionKinds.ts';
import { kindOf } from './versionPatterns.ts';

/** One such remark: its kind, and what distinguishes it from others of its kind (place, remixer, language), folded. */
export interface Version {
  kind: VersionKind;
  detail: string;
}

/** Words that say nothing of which concert, remix or take it is. */
const NOISE = new RegExp(
  '\\b(?:version|versie|versione|versao|fassung|mix|edition|the|a|at|in|from|on|by|of|en|au|aux|ao|original|originally' +
    '|recorded|performed|live|vivo|concert|remix|remixed|rmx|demo|take|session|sessions|recording|acoustic|instrumental' +
    '|edit|cover)\\b',
  'gu',
);

/**
 * Reads what stands in brackets or after a dash as a remark on the version. Undefined when it is no such remark, so
 * that it belongs to the name.
 */
export function readVersion(remark: string): Version | undefined {
  return known(remark).version;
}

const known = remembered((remark): { version: Version | undefined } => {
  const folded = foldForSearch(remark);
  const kind = kindOf(folded);
  if (kind === undefined) return { version: undefined };
  const detail = isSameRecording(kind) ? '' : folded.replace(NOISE, ' ').replace(/\s+/gu, ' ').trim();
  return { version: { kind, detail } };
});
